"""Reads `.safetensors` files with the library of that name."""


def read(path):
    """{name: array} of the file.

    Raises:
        ImportError: The library is not installed.
        ValueError: The file is damaged.
    """
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:
        raise ImportError(
            f"{path}: reading .safetensors needs a library; "
            "pip install safetensors."
        ) from error
    try:
        return load_file(path)
    except (SafetensorError, KeyError) as error:  # KeyError: an unknown type
        raise ValueError(
            f"{path} is no safetensors file, or damaged: {error}"
        ) from error
