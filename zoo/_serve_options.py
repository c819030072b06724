"""The options of `zoo serve`."""

import argparse

from zoo import _model_options
from zoo._arguments import count


def add(command: argparse.ArgumentParser) -> None:
    """Adds the options of `zoo serve`."""
    command.add_argument(
        "model",
        metavar="MODEL",
        help=f"{_model_options.MODELS}; of several versions (…/1, …/2) the "
        "newest is served",
    )
    command.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen at; default: %(default)s, for this machine "
        "only",
    )
    command.add_argument(
        "--port",
        type=int,
        default=8501,
        help="port to listen at; 0 takes a free one; default: %(default)s",
    )
    command.add_argument(
        "--runtime",
        default="auto",
        help="what computes: tensorflow, openvino or onnx; default: the "
        "fastest that is installed",
    )
    _model_options.facts(command)
    command.add_argument(
        "--allowed_hosts",
        default="",
        metavar="NAMES",
        help="comma-separated names by which clients call the server, beside "
        "localhost and its address; *.example.com for all below, * for any",
    )
    command.add_argument(
        "--poll",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="seconds between two looks for a new version, which is taken up "
        "without a restart; 0 for none; default: %(default)s",
    )
    command.add_argument(
        "--log_format",
        default="text",
        help="text, or json for a line of JSON for each request; default: "
        "%(default)s",
    )
    _limits_options(command)


def _limits_options(command):
    limits = command.add_argument_group("limits")
    limits.add_argument(
        "--max_body",
        type=count,
        default=10_000_000,
        metavar="BYTES",
        help="bytes of a request, such as 10M; default: %(default)s",
    )
    limits.add_argument(
        "--max_pixels",
        type=count,
        default=25_000_000,
        metavar="N",
        help="pixels of all images of a request, in their files and as the "
        "network takes them; default: %(default)s",
    )
    limits.add_argument(
        "--max_batch",
        type=count,
        default=16,
        metavar="N",
        help="images that are computed at once, of several requests together "
        "or as a slice of one; default: %(default)s",
    )
    limits.add_argument(
        "--max_connections",
        type=count,
        default=100,
        metavar="N",
        help="open connections; default: %(default)s",
    )
    limits.add_argument(
        "--timeout",
        type=float,
        default=20.0,
        metavar="SECONDS",
        help="seconds in which a request must arrive, and one more for each "
        "50 kB; default: %(default)s",
    )
