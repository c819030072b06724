"""The commands of `zoo` and their options, with the texts of `--help`."""

import argparse
from collections.abc import Callable, Mapping

from zoo._arguments import Parser, count, number, positive, years
from zoo._version import __version__


def parser(runs: Mapping[str, Callable[[argparse.Namespace], int]]) -> Parser:
    """The parser of all commands.

    Args:
        runs: {command: function that runs it}.
    """
    made = Parser(
        prog="zoo",
        description="Convolutional networks in Keras, from LeNet-5 to "
        "ConvNeXt: list them,\nclassify with them, train, export and serve "
        "them.",
        epilog="zoo COMMAND --help tells about one command.",
    )
    made.add_argument(
        "--version", action="version", version=f"%(prog)s {__version__}"
    )
    commands = made.add_subparsers(
        required=True, metavar="COMMAND", title="commands"
    )

    def add(name, text, **options):
        command = commands.add_parser(
            name, help=text, description=f"{text[0].upper()}{text[1:]}.",
            **options,
        )  # fmt: skip
        command.set_defaults(run=runs[name])
        return command

    _list_options(add("list", "list models, with year and size"))
    _show_options(add("show", "show the facts about one model"))
    _classify_options(add("classify", "say what images show"))
    add("train", "train a model on images", add_help=False)
    _export_options(add("export", "write a trained model in a server's format"))
    _serve_options(
        add("serve", "serve an exported model: a page and a REST API")
    )
    return made


def _list_options(command):
    command.add_argument(
        "pattern",
        nargs="*",
        metavar="PATTERN",
        help="shell pattern of model names, such as 'vgg*'; default: all",
    )
    command.add_argument(
        "--year",
        type=years,
        metavar="YEARS",
        help="year of the paper: 2015, 2012-2015, 2012- or -2015",
    )
    command.add_argument(
        "--max_params",
        type=number,
        metavar="N",
        help="largest number of parameters: 5000000, 5e6 or 5M",
    )
    command.add_argument(
        "--weights",
        nargs="?",
        const=True,
        metavar="SOURCE",
        help="only models with published weights; SOURCE: those from "
        "torchvision, timm or package",
    )
    command.add_argument(
        "--sort",
        default="year",
        metavar="KEY",
        help="order: year, name, params or macs; --sort=-params puts the "
        "largest first; default: year",
    )
    _json_option(command)


def _show_options(command):
    command.add_argument(
        "model", metavar="MODEL", help="a model that `zoo list` names"
    )
    _json_option(command)


def _json_option(command):
    command.add_argument(
        "--json", action="store_true", help="print all facts as JSON"
    )


def _classify_options(command):
    command.add_argument(
        "image", nargs="+", metavar="IMAGE", help="JPEG, PNG, GIF or BMP file"
    )
    command.add_argument(
        "--model",
        default="efficientnet_lite0",
        help="a model that `zoo list --weights` names; default: %(default)s",
    )
    command.add_argument(
        "--weights",
        metavar="NAME",
        help="a checkpoint that `zoo show MODEL` lists; default: the first",
    )
    command.add_argument(
        "--saved_model",
        metavar="DIRECTORY",
        help="directory that `zoo export` or `zoo train` wrote; its newest "
        "version classifies, instead of --model",
    )
    command.add_argument(
        "--top",
        type=positive,
        metavar="N",
        help="number of classes to print for each image; default: 5",
    )


def _export_options(command):
    command.add_argument(
        "run_directory",
        metavar="RUN_DIRECTORY",
        help="run directory that `zoo train` or recipes/train.py wrote",
    )
    command.add_argument(
        "--directory",
        help="directory that gets the new version, as …/1, …/2; default: "
        "RUN_DIRECTORY/saved_model",
    )
    command.add_argument(
        "--formats",
        default="saved_model",
        help="comma-separated formats: saved_model, onnx, openvino, litert, "
        "litert_int8; default: %(default)s",
    )


def _serve_options(command):
    command.add_argument(
        "directory",
        metavar="DIRECTORY",
        help="directory that holds the exported versions (…/1, …/2); the "
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
