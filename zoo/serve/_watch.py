"""The version that is served, and the watch for another one."""

import asyncio
import contextlib
import pathlib

from zoo.export import _versions
from zoo.serve._logs import LOG


class Fixed:
    """One model for good."""

    def __init__(self, model):
        self.current = model

    async def watch(self):
        return


class Versions:
    """The newest version in a directory, exchanged while requests are served.

    As in TensorFlow Serving, the newest one is served, and an older one again
    once the newer are deleted. A version is loaded beside the one that is
    served, which stays until it is; requests that have begun are computed by
    the version that they began with.

    Args:
        directory: The directory that has the versions.
        load: A function from a version's path to a `Model`.
        traffic: The server's `Traffic`.
        seconds: Seconds between two looks at the directory; 0 for none.

    Attributes:
        current: The `Model` that is served.
    """

    def __init__(self, directory, load, traffic, seconds=1.0):
        path = _versions.newest(directory)
        self.current = load(path)
        self._load = load
        self._traffic = traffic
        self._seconds = seconds
        self._path = path
        # A version that was named by itself has no others beside it.
        self._directory = None
        if path.resolve() != pathlib.Path(directory).expanduser().resolve():
            self._directory = path.parent
        self._seen = {}  # {path: its files as they were at the last look}
        self._failed = {}  # {path: its files when it could not be loaded}
        traffic.serves(self.current)

    async def watch(self):
        """Looks every few seconds, until it is cancelled."""
        while self._seconds and self._directory:
            await asyncio.sleep(self._seconds)
            try:
                await asyncio.to_thread(self.look)
            except Exception as error:  # such as of a disk that is gone
                LOG.error("looking for versions: %s", error)

    def look(self):
        """Looks once, and takes up what is there to be served.

        A version whose files still change is left alone until they do not;
        one that cannot be loaded is told once, and tried again when its files
        have changed.

        Returns:
            Whether another version is served now.
        """
        for path in self._candidates():
            if path == self._path:
                return False
            files = _files(path)
            settled = self._seen.get(path) == files
            self._seen[path] = files
            if not settled or self._failed.get(path) == files:
                continue
            try:
                model = self._load(path)
                self._check_name(model)
            except Exception as error:
                self._failed[path] = files
                self._traffic.loaded("failed")
                LOG.error(
                    "version %s is not taken up: %s",
                    path.name,
                    str(error)[:500],
                    extra={"event": "version", "version": path.name},
                )
                continue
            self._take(path, model)
            return True
        return False

    def _candidates(self):
        """The versions that are there, the newest first."""
        try:
            numbers = _versions.numbers(self._directory)
        except OSError:
            return []
        paths = [self._directory / str(n) for n in reversed(numbers)]
        return [p for p in paths if (p / "saved_model.pb").is_file()]

    def _check_name(self, model):
        if model.name != self.current.name:
            raise ValueError(
                f"it is a model named {model.name}; {self.current.name} is "
                "served here."
            )

    def _take(self, path, model):
        before, self.current, self._path = self.current, model, path
        self._seen.clear()
        self._traffic.serves(model)
        self._traffic.loaded("taken up")
        LOG.info(
            "%s version %s is served now, instead of version %s",
            model.name,
            model.version,
            before.version,
            extra={"event": "version", "version": model.version},
        )


def _files(path):
    """{name: (size, time of change)} of all files of a version."""
    found = {}
    for file in sorted(path.rglob("*")):
        with contextlib.suppress(OSError):  # deleted meanwhile
            facts = file.stat()
            found[str(file)] = (facts.st_size, facts.st_mtime_ns)
    return found
