"""Records what the reference networks answer, for test_parity.py.

    python -m tests.parity.record [WORD …]

records the cases whose name contains a WORD (default: those without a record)
to data/*.npz. Those of torchvision and timm need torch, torchvision and timm,
which the tests do not, and those of imgclsmob pytorchcv; those of
keras.applications need Keras; those of authors and of akamaster need their file
on PYTHONPATH, as CASES says.
"""

import importlib
import inspect
import json
import pathlib
import sys
import zlib

import numpy as np

from tests.parity import weights
from tests.parity.cases import CASES

DATA = pathlib.Path(__file__).parent / "data"


def main(words):
    for case in CASES:
        path = DATA / f"{case.name}.npz"
        if words:
            wanted = any(word in case.name for word in words)
        else:
            wanted = not path.exists()
        if wanted:
            record(case, path)


def record(case, path):
    run = run_keras if case.source == "keras" else run_torch
    seed = zlib.crc32(case.name.encode())
    shapes, logits = run(case, seed)
    if not np.all(np.isfinite(logits)):
        raise ValueError(f"{case.name}: the logits are not finite")
    save(path, seed, shapes, logits)
    largest = np.abs(logits).max()
    print(f"{case.name}: {len(shapes)} tensors, largest logit {largest:.3g}")


def save(path, seed, shapes, logits):
    text = json.dumps(shapes, separators=(",", ":")).encode()
    np.savez_compressed(
        path,
        seed=np.uint32(seed),
        shapes=np.frombuffer(text, "uint8"),
        logits=np.asarray(logits, "float32"),
    )


def run_torch(case, seed):
    import torch

    if case.source == "timm":
        import timm

        model = timm.create_model(case.theirs, **case.their_options)
    elif case.source == "imgclsmob":
        from pytorchcv.model_provider import get_model

        model = get_model(case.theirs, **case.their_options)
    elif case.source in ("authors", "akamaster"):
        module, _, name = case.theirs.partition(":")
        build = getattr(importlib.import_module(module), name)
        model = build(**case.their_options)
    else:
        import torchvision

        options = {"weights": None, **case.their_options}
        build = torchvision.models.get_model_builder(case.theirs)
        if "init_weights" in inspect.signature(build).parameters:
            options["init_weights"] = False
        if "aux_logits" in options:
            options["weights"] = None
        model = build(**options)
    state = model.state_dict()  # with the versions that MNASNet asks for
    shapes = {name: list(tensor.shape) for name, tensor in state.items()}
    for name, shape in shapes.items():
        state[name] = torch.from_numpy(weights.tensor(name, shape, case.gain))
    model.load_state_dict(state)
    image = weights.image(seed, (*case.size, 3)) * np.float32(case.scale)
    with torch.inference_mode():
        image = torch.from_numpy(image.transpose(0, 3, 1, 2).copy())
        model.eval()
        if not case.options.get("aux_heads"):
            return shapes, model(image)[0].numpy()
        model.training = True  # of the whole only: it answers by all heads
        logits, *aux = model(image)
        return shapes, torch.cat([logits, *reversed(aux)], 1)[0].numpy()


def run_keras(case, seed):
    import keras

    from zoo.checkpoints import _applications

    keras.backend.clear_session()
    model = getattr(keras.applications, case.theirs)(
        weights=None,
        classifier_activation=None,
        input_shape=(*case.size, 3),
        **case.their_options,
    )
    if case.theirs.startswith("NASNet"):
        model = with_same_pools(model)
    shapes = {}
    for name, variable in _applications.variables(model).items():
        shapes[name] = list(variable.shape)
        variable.assign(weights.tensor(name, variable.shape, case.gain))
    image = weights.image(seed, (*case.size, 3)) * np.float32(case.scale)
    return shapes, np.asarray(model(image, training=False))[0]


def with_same_pools(model):
    """keras.applications' NASNet pooling as its authors' does.

    It pads the pools of reduction cells with zeros, which then take part in
    maxima and averages.
    """
    import keras

    pools = (keras.layers.AveragePooling2D, keras.layers.MaxPooling2D)

    def clone(layer):
        config = layer.get_config()
        if layer.name.startswith("reduction_pad_1"):
            return keras.layers.Identity(name=layer.name)
        if isinstance(layer, pools) and config["strides"] == (2, 2):
            config["padding"] = "same"
        return type(layer).from_config(config)

    return keras.models.clone_model(model, clone_function=clone)


if __name__ == "__main__":
    main(sys.argv[1:])
