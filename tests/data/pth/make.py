"""Writes the `.pth` files of this directory: python make.py, with PyTorch."""

import pathlib
from collections import OrderedDict

import torch

HERE = pathlib.Path(__file__).parent


def state():
    """Tensors of every kind and layout; test_pth.py knows their values."""
    ramp = torch.arange(24, dtype=torch.float32)
    shared = torch.arange(6, dtype=torch.float32)
    return OrderedDict(
        float32=ramp.reshape(2, 3, 4),
        float64=ramp.double(),
        float16=ramp.half() / 8,
        bfloat16=ramp.bfloat16() / 8,
        int64=torch.tensor(7),
        int32=torch.arange(3, dtype=torch.int32),
        int16=torch.arange(3, dtype=torch.int16),
        int8=torch.arange(3, dtype=torch.int8),
        uint8=torch.arange(3, dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        scalar=torch.tensor(1.5),
        empty=torch.zeros(0, 3),
        transposed=ramp.reshape(4, 6).t(),
        channels_last=ramp.reshape(1, 2, 3, 4).to(
            memory_format=torch.channels_last
        ),
        sliced=ramp.reshape(4, 6)[1::2, 2:4],
        shared=shared,
        shared_tail=shared[2:],
        expanded=torch.tensor([2.5]).expand(3, 4),
        parameter=torch.nn.Parameter(shared[:2].clone()),
    )


def save(name, value, **options):
    torch.save(value, HERE / f"{name}.pth", **options)


def main():
    torch.manual_seed(0)
    old = {"_use_new_zipfile_serialization": False}
    save("zip", state())
    save("old", state(), **old)
    save("zip_protocol4", state(), pickle_protocol=4)
    norm = torch.nn.BatchNorm2d(2)
    training = {
        "epoch": 3,
        "state_dict": norm.state_dict(),
        "size": norm.weight.shape,
    }
    save("zip_training", training)
    save("old_training", training, **old)
    save("zip_module", torch.nn.Linear(1, 1))
    save("old_module", torch.nn.Linear(1, 1), **old)


if __name__ == "__main__":
    main()
