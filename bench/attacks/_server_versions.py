"""Versions that appear, half or whole, while clients ask."""

import contextlib
import json
import pathlib
import random
import shutil
import tempfile
import threading
import time


def asking(client, lost):
    """Clients that ask on until they are told to end."""
    ended = threading.Event()

    def ask():
        while not ended.is_set():
            status = client.good()
            asked.append(status)
            if status != 200:
                lost.append(f"a request during the change: {status}")

    asked = []
    threads = [threading.Thread(target=ask) for _ in range(4)]

    @contextlib.contextmanager
    def run():
        for thread in threads:
            thread.start()
        try:
            yield asked
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    return run()


def served(client):
    status, answer = client.ask("GET", client.base)
    if status != 200:
        return None
    return json.loads(answer)["model_version_status"][0]["version"]


def wait_for(client, version, seconds=60):
    end = time.monotonic() + seconds
    while served(client) != version:
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def exchanged(client, width, directory):
    """Versions appear, whole, and are deleted, while four clients ask."""
    faults, number = [], max(1, round(6 * width))
    with asking(client, faults) as asked:
        for version in range(2, 2 + number):
            aside = directory / "aside"
            shutil.copytree(directory / "1", aside)
            aside.rename(directory / str(version))
            if not wait_for(client, str(version)):
                faults.append(f"version {version} was not taken up")
        for version in range(1 + number, 1, -1):
            shutil.rmtree(directory / str(version))
            if not wait_for(client, str(version - 1)):
                faults.append(f"version {version} was served on")
    seen = f"{2 * number} changes; no request of {len(asked):,} lost"
    return len(asked), seen, faults


def halves(client, width, directory):
    """Versions of which files are missing, cut or changed; slow copies."""
    chance, faults = random.Random(0), []
    number = max(1, round(30 * width))
    with asking(client, faults) as asked:
        for version in range(2, 2 + number):
            path = directory / str(version)
            with tempfile.TemporaryDirectory() as folder:
                damaged = pathlib.Path(folder, "x")
                shutil.copytree(directory / "1", damaged)
                damage(chance, damaged)
                shutil.move(damaged, path)
            time.sleep(2.5)  # two looks
            if client.good() != 200:
                faults.append("a good request was lost")
            shutil.rmtree(path)
            if not wait_for(client, "1"):
                faults.append(f"{served(client)} is served after its deletion")
        copy_slowly(directory / "1", directory / str(2 + number))
        if not wait_for(client, str(2 + number)):
            faults.append("a slow copy was not taken up once it was whole")
        shutil.rmtree(directory / str(2 + number))
    tries = number + 1
    return tries, f"no request of {len(asked):,} lost", faults


def damage(chance, path):
    """Cuts, empties, deletes or changes one of the files that count."""
    files = [p for p in path.rglob("*") if p.is_file()]
    file = chance.choice([f for f in files if f.stat().st_size])
    data = bytearray(file.read_bytes())
    kind = chance.randrange(4)
    if kind == 0:
        file.unlink()
    elif kind == 1:
        file.write_bytes(b"")
    elif kind == 2:
        file.write_bytes(data[: chance.randrange(len(data))])
    else:
        at = chance.randrange(len(data))
        data[at : at + 100] = chance.randbytes(100)
        file.write_bytes(data)


def copy_slowly(source, target):
    """As `cp` over a slow network does it: the graph first, in pieces."""
    files = sorted(
        (p for p in source.rglob("*") if p.is_file()),
        key=lambda p: p.name != "saved_model.pb",
    )
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        with copy.open("wb") as written:
            for part in range(4):
                size = len(data) // 4 + 1
                written.write(data[part * size : (part + 1) * size])
                written.flush()
                time.sleep(0.4)


ATTACKS = {
    "versions that come and go": (exchanged, "small", ("--poll=0.2",)),
    "broken and half versions": (halves, "small", ()),
}
