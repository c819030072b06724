"""Files of the Hugging Face hub and of Kaggle, by their own libraries.

huggingface_hub goes on with downloads that broke off, and listens to
HF_ENDPOINT (mirrors), HF_TOKEN, HF_HUB_OFFLINE and HF_HOME.
"""

import os
import re
from typing import NamedTuple

HF, KAGGLE = "hf://", "kaggle://"
PREFIXES = (HF, KAGGLE)
# The files of a repository that hold weights, the best first.
USUAL = ("model.safetensors", "model.weights.h5", "pytorch_model.bin")
TAG = re.compile(r"[\w-]+(\.[\w-]+)*")
PLACE = re.compile(r"([\w.-]+)/([\w.-]+?)(?:@([\w./-]+?))?(?:/([^@]+))?")


class Place(NamedTuple):
    """hf://USER/MODEL[@REVISION][/FILE]."""

    repository: str
    revision: str | None
    file: str | None


def place(address: str) -> Place:
    """The parts of an address of the hub.

    Raises:
        ValueError: It is none.
    """
    match = PLACE.fullmatch(address.removeprefix(HF))
    if not address.startswith(HF) or not match:
        raise ValueError(
            f"{address!r} is no address: expected hf://USER/MODEL, "
            "hf://USER/MODEL/FILE or hf://USER/MODEL@REVISION/FILE."
        )
    user, model, revision, file = match.groups()
    return Place(f"{user}/{model}", revision, file)


def fetch(address: str) -> str:
    """The path of the file in the library's cache.

    Raises:
        ImportError: The library is not installed.
        ValueError: There is no such repository or file.
        ConnectionError: It cannot be downloaded.
    """
    if address.startswith(KAGGLE):
        return _kaggle(address)
    where = place(address)
    hub = library()
    names = [where.file] if where.file else USUAL
    for name in names:
        try:
            _check_tags(hub, where, name)
            return hub.hf_hub_download(
                where.repository,
                name,
                revision=where.revision,
                endpoint=endpoint(),
            )
        except hub.errors.LocalEntryNotFoundError as error:
            raise ConnectionError(
                f"Cannot download {name} of {address}: {one_line(error)}"
            ) from error
        except hub.errors.EntryNotFoundError:
            continue
        except hub.errors.RepositoryNotFoundError as error:
            raise ValueError(
                f"{address}: there is no such model, or it is private and "
                "HF_TOKEN (or `hf auth login`) does not open it."
            ) from error
        except ValueError:
            raise
        except Exception as error:  # of the library and of its own
            raise ConnectionError(
                f"Cannot download {name} of {address}: {one_line(error)}"
            ) from error
    raise ValueError(
        f"{address}: there is no {' nor '.join(names)}; "
        "hf://USER/MODEL/FILE names another file."
    )


def _check_tags(hub, where, name):
    """Refuses tags that would lead the library out of its cache.

    It makes names of files of them, as the hub, or a mirror, sends them.
    """
    url = hub.hf_hub_url(
        where.repository, name, revision=where.revision, endpoint=endpoint()
    )
    try:
        found = hub.get_hf_file_metadata(url)
    except Exception:  # the download meets it, too, or has the file
        return
    for tag in (found.etag, found.commit_hash):
        if tag and not TAG.fullmatch(tag):
            raise ConnectionError(
                f"{url}: the hub sends {tag!r:.99} as the file's tag, which "
                "is none."
            )


def destination(address: str) -> Place:
    """The parts of an address that a model can be pushed to.

    Raises:
        ValueError: It is none, or that of a file.
        ImportError: The library is not installed.
    """
    where = place(address)
    if where.file:
        raise ValueError(
            f"{address}: a model is pushed to hf://USER/MODEL, without a file."
        )
    library()
    return where


def endpoint() -> str | None:
    """The hub's address where it is another: a mirror, or one's own."""
    return os.environ.get("HF_ENDPOINT") or None


def library():
    """huggingface_hub, which is imported only here.

    Raises:
        ImportError: It is not installed.
    """
    try:
        import huggingface_hub
    except ImportError as error:
        raise ImportError(
            "hf:// needs a library; pip install huggingface_hub."
        ) from error
    return huggingface_hub


def one_line(error: Exception) -> str:
    """What an error of the libraries says, without line ends."""
    return " ".join(str(error).split())[:300]


def _kaggle(address):
    """kaggle://USER/MODEL/FRAMEWORK/VARIATION[/VERSION]/FILE, by kagglehub.

    FILE may be in folders.
    """
    try:
        import kagglehub  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise ImportError(
            "kaggle:// needs a library; pip install kagglehub."
        ) from error
    parts = address.removeprefix(KAGGLE).split("/")
    size = 5 if parts[4:] and parts[4].isdecimal() else 4
    handle, file = parts[:size], "/".join(parts[size:])
    if not all(parts) or not file:
        raise ValueError(
            f"{address!r} is no address: expected "
            "kaggle://USER/MODEL/FRAMEWORK/VARIATION[/VERSION]/FILE."
        )
    try:
        return kagglehub.model_download("/".join(handle), path=file)
    except Exception as error:  # of several libraries
        raise ConnectionError(
            f"Cannot download {address}: {one_line(error)}"
        ) from error
