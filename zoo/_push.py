"""Puts a model onto the Hugging Face hub: weights, facts and a model card."""

import json
import pathlib
import tempfile

from zoo import _loading
from zoo._version import __version__
from zoo.checkpoints import _hub, _own
from zoo.images import Preprocessing

CARD = """\
---
library_name: keras
license: {license}
pipeline_tag: image-classification
tags:
- image-classification
- cnn-zoo
---

# {title}

{name}, {parameters:,} parameters, images {shape}, {count:,} classes.

```python
import zoo

model = zoo.create("{name}", num_classes={count}, weights="{address}")
```

`model.safetensors` holds the weights under the names of the model's variables,
`config.json` the classes and the preprocessing of images. Written by `zoo push`
of cnn-zoo {version}.
"""


def push(
    loaded: _loading.Loaded,
    address: str,
    *,
    license: str,
    private: bool = False,
    message: str = "Upload the model",
) -> str:
    """Uploads a model with its card; returns the address of the commit.

    Args:
        loaded: The model, its classes and preprocessing.
        address: "hf://USER/MODEL"; the repository is made if need be.
        license: As the hub spells it: "apache-2.0", "mit", "cc-by-4.0".
        private: Whether a new repository is private.
        message: What the commit says.

    Raises:
        ValueError: The address is none, or the hub refuses.
        ImportError: huggingface_hub is not installed.
        ConnectionError: The hub cannot be reached.
    """
    where = _hub.destination(address)
    hub = _hub.library()
    with tempfile.TemporaryDirectory() as folder:
        write(loaded, pathlib.Path(folder), address, license)
        try:
            api = hub.HfApi(endpoint=_hub.endpoint())
            api.create_repo(where.repository, private=private, exist_ok=True)
            done = api.upload_folder(
                repo_id=where.repository,
                folder_path=folder,
                revision=where.revision,
                commit_message=message,
            )
        except hub.errors.HfHubHTTPError as error:
            refused = error.response is not None
            kind = ValueError if refused else ConnectionError
            raise kind(f"{address}: {_hub.one_line(error)}") from error
        except OSError as error:
            raise ConnectionError(
                f"{address}: {_hub.one_line(error)}"
            ) from error
    return done.commit_url


def push_as_asked(loaded, args):
    """`push` with the arguments of a command line."""
    return push(
        loaded,
        args.address,
        license=args.license,
        private=args.private,
        message=args.message,
    )


def write(loaded, folder, address, license):
    """Writes what is uploaded into a folder."""
    model, prepare = loaded.model, loaded.preprocessing
    described = None
    if isinstance(prepare, Preprocessing):
        described = prepare.as_dict()
    count = model.outputs[0].shape[-1]
    facts = {
        "library": "cnn-zoo",
        "version": __version__,
        "model": model.name,
        "license": license,
        "input_shape": model.input_shape[1:],
        "num_classes": count,
        "classes": loaded.class_names(),
        "temperature": loaded.temperature,
        "preprocessing": described,
    }
    _own.save(model, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(facts, indent=2))
    shape = "×".join(str(side or "any") for side in model.input_shape[1:])
    (folder / "README.md").write_text(
        CARD.format(
            license=license,
            title=_hub.place(address).repository.partition("/")[2],
            name=model.name,
            parameters=model.count_params(),
            shape=shape,
            count=count,
            address=address,
            version=__version__,
        ),
        encoding="utf-8",
    )
