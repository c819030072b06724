"""The commands of `zoo` and their options, with the texts of `--help`."""

import argparse
from collections.abc import Callable, Mapping

from zoo import (
    _explain_options,
    _model_options,
    _serve_options,
    _show_options,
)
from zoo._arguments import Parser, number, positive, years
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
    _show_options.add(add("show", "show the facts about one model"))
    _classify_options(add("classify", "say what images show"))
    add("train", "train a model on images", add_help=False)
    add(
        "reproduce", "train by a paper's recipe, and compare with its claim",
        add_help=False,
    )  # fmt: skip
    _export_options(add("export", "write a trained model in a server's format"))
    _evaluate_options(add("evaluate", "say how good a model is, on images"))
    _explain_options.add(
        add("explain", "show what in images speaks for a class")
    )
    _serve_options.add(add("serve", "serve a model: a page and a REST API"))
    _push_options(add("push", "put a model onto the Hugging Face hub"))
    return made


def _push_options(command):
    command.add_argument("model", metavar="MODEL", help=_model_options.MODELS)
    command.add_argument(
        "address", metavar="hf://USER/NAME", help="where it goes to"
    )
    command.add_argument(
        "--license",
        required=True,
        metavar="NAME",
        help="licence of the weights, as the hub spells it: apache-2.0, mit, "
        "cc-by-4.0",
    )
    command.add_argument(
        "--private",
        action="store_true",
        help="make a private repository, if there is none",
    )
    command.add_argument(
        "--message",
        default="Upload the model",
        metavar="TEXT",
        help="what the commit says; default: %(default)s",
    )
    _model_options.facts(command)


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
        "torchvision, timm, keras or package",
    )
    command.add_argument(
        "--sort",
        default="year",
        metavar="KEY",
        help="order: year, name, params, macs, or top1 for the most accurate "
        "first; --sort=-params puts the largest first; default: year",
    )
    _show_options.json_option(command)


def _classify_options(command):
    command.add_argument(
        "image", nargs="+", metavar="IMAGE", help="JPEG, PNG, GIF or BMP file"
    )
    _model_options.which(command)
    command.add_argument(
        "--top",
        type=positive,
        metavar="N",
        help="number of classes to print for each image; default: 5",
    )


def _export_options(command):
    command.add_argument("model", metavar="MODEL", help=_model_options.MODELS)
    command.add_argument(
        "--directory",
        help="directory that gets the new version, as …/1, …/2; default: "
        "saved_model in the run, FILE_saved_model beside the file FILE.keras, "
        "the SavedModel's own, or exported/MODEL",
    )
    command.add_argument(
        "--formats",
        default="saved_model",
        help="comma-separated formats: saved_model, onnx, openvino, litert, "
        "litert_int8; default: %(default)s",
    )

    command.add_argument(
        "--calibrate",
        action="store_true",
        help="divide the logits by the temperature that the run's evaluation "
        "fitted, before they become probabilities",
    )
    command.add_argument(
        "--evaluation",
        metavar="FILE",
        help="evaluation.json of `zoo evaluate` that has the temperature; "
        "implies --calibrate",
    )
    _model_options.facts(command)


def _evaluate_options(command):
    command.add_argument("model", metavar="MODEL", help=_model_options.MODELS)
    command.add_argument(
        "--dataset",
        help="folder of images or name of a data set, as `zoo train "
        "--dataset` takes it; default: the one that the run was trained on",
    )
    command.add_argument(
        "--split",
        choices=("auto", "held_out", "all", "train", "validation"),
        default="auto",
        help="which of its images; auto: those held out where the folder sets "
        "some apart (test, valid) or the model was trained on it, else all",
    )
    command.add_argument(
        "--corruptions",
        action="store_true",
        help="try noise, blur, compression, … in five strengths, too",
    )
    command.add_argument(
        "--corruption_images",
        type=positive,
        default=1000,
        metavar="N",
        help="how many images at most are corrupted; default: %(default)s",
    )
    command.add_argument(
        "--data_dir",
        metavar="DIRECTORY",
        help="directory of the sets that TFDS has prepared",
    )
    command.add_argument(
        "--directory",
        help="where evaluation.json, evaluation.html and logits.npz are "
        "written; default: the run for its own images, else evaluations/NAME",
    )
    _model_options.facts(command)
