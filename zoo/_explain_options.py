"""The options of `zoo explain`."""

import argparse

from zoo import _model_options
from zoo._arguments import UsageError, positive
from zoo.explain import _methods


def add(command: argparse.ArgumentParser) -> None:
    """Adds the options of `zoo explain`."""
    command.add_argument(
        "image", nargs="*", metavar="IMAGE", help="JPEG, PNG, GIF or BMP file"
    )
    _model_options.which(command)
    command.add_argument(
        "--method",
        choices=_methods.METHODS,
        metavar="METHOD",
        help=f"{', '.join(_methods.METHODS)}; default: grad_cam, or occlusion "
        "for a SavedModel, which has no gradients",
    )
    command.add_argument(
        "--class",
        dest="class_name",
        metavar="NAME",
        help="name or number of the class that is explained; default: the most "
        "probable",
    )
    command.add_argument(
        "--layer",
        metavar="NAME",
        help="layer whose feature map grad_cam and grad_cam++ weigh; default: "
        "the last before the pooling",
    )
    command.add_argument(
        "--top",
        type=positive,
        default=5,
        metavar="N",
        help="number of classes in the picture; default: %(default)s",
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--maps",
        metavar="LAYER",
        help="draw the feature maps of this layer instead",
    )
    what.add_argument(
        "--filters",
        action="store_true",
        help="draw the filters of the first convolution instead; needs no "
        "IMAGE",
    )
    command.add_argument(
        "--output",
        metavar="FILE",
        help="file of the picture, PNG, PDF or SVG by its ending; default: "
        "explanation.png, maps.png or filters.png here, with a number where "
        "that exists",
    )


def check(args: argparse.Namespace, saved_model: bool, run: object) -> None:
    """Completes the options, or refuses them.

    Args:
        args: The options; `method` is filled in.
        saved_model: Whether the model is a SavedModel.
        run: The run directory that the model lies in, or None.

    Raises:
        ValueError: They do not go together.
    """
    if args.filters == bool(args.image):
        raise UsageError(
            "zoo explain: --filters takes no IMAGE."
            if args.filters
            else "zoo explain: give at least one IMAGE, or --filters."
        )
    if args.maps and len(args.image) > 1:
        raise UsageError(
            f"zoo explain: --maps takes one IMAGE; received {len(args.image)}."
        )
    wanted = args.method
    args.method = wanted or ("occlusion" if saved_model else "grad_cam")
    for name, given in {
        "--maps": args.maps,
        "--filters": args.filters,
        f"--method={wanted}": wanted not in (None, "occlusion"),
    }.items():
        if saved_model and given:
            more = f", or --run={run}, which has all" if run else ""
            raise ValueError(
                f"{name} needs the network, and a SavedModel gives no gradients"
                f" or feature maps; take --method=occlusion{more}."
            )
    _methods.check(args.method, args.layer)
