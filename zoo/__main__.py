"""The command line: `zoo list`, `zoo classify a.jpg`, `zoo export runs/…`."""

import argparse
import sys

from zoo import _notices


def main(argv=None):
    """Runs one command and returns its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == ["train"]:  # whose flags are made of its options
        return _train(words[1:])
    args = _parser().parse_args(words)
    try:
        if args.run in (_classify, _export, _serve):
            _notices.import_tensorflow()
        return args.run(args)
    except BrokenPipeError:  # `zoo list | head`
        sys.stdout = None
        return 0
    except KeyboardInterrupt:
        return 130
    except (ValueError, ConnectionError) as error:
        print(f"zoo: {error}", file=sys.stderr)
        return 2


def _parser():
    parser = argparse.ArgumentParser(
        prog="zoo",
        description="The history of convolutional networks in Keras.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("list", help="name the models, by year")
    command.add_argument(
        "pattern", nargs="?", default="*", help="shell pattern, such as 'vgg*'"
    )
    command.set_defaults(run=_list)
    command = commands.add_parser("show", help="tell about one model")
    command.add_argument("model")
    command.set_defaults(run=_show)
    command = commands.add_parser("classify", help="name what photographs show")
    command.add_argument("image", nargs="+", help="JPEG, PNG, GIF or BMP file")
    command.add_argument(
        "--model", default="efficientnet_lite0", help="default: %(default)s"
    )
    command.add_argument(
        "--weights", help="a checkpoint that `zoo show MODEL` lists"
    )
    command.add_argument(
        "--saved_model",
        metavar="DIRECTORY",
        help="classify with the newest version of an exported model instead",
    )
    command.add_argument("--top", type=int, metavar="N", help="default: 5")
    command.set_defaults(run=_classify)
    commands.add_parser(
        "train",
        help="train a model on images; zoo train --help",
        add_help=False,
    )
    command = commands.add_parser(
        "export", help="write a trained model as a server wants it"
    )
    command.add_argument("run_directory", help="of recipes/train.py")
    command.add_argument(
        "--directory",
        help="of the versions; default: RUN_DIRECTORY/saved_model",
    )
    command.add_argument(
        "--formats",
        default="saved_model",
        help="some of saved_model,onnx,openvino,litert,litert_int8",
    )
    command.set_defaults(run=_export)
    command = commands.add_parser(
        "serve", help="try an exported model on a page, or through REST"
    )
    command.add_argument("directory", help="of the versions")
    command.add_argument(
        "--host", default="127.0.0.1", help="default: %(default)s, this machine"
    )
    command.add_argument(
        "--port", type=int, default=8501, help="default: %(default)s; 0: any"
    )
    command.add_argument(
        "--runtime",
        default="auto",
        help="tensorflow, openvino or onnx; default: the fastest installed",
    )
    command.set_defaults(run=_serve)
    return parser


def _list(args):
    import zoo

    infos = [zoo.info(name) for name in zoo.list_models(args.pattern)]
    if not infos:
        raise ValueError(f"no model matches {args.pattern!r}; see: zoo list")
    print(
        f"{'model':24}{'year':>4}{'parameters':>14}{'multiply-adds':>16}  input"
    )
    for i in sorted(infos, key=lambda i: (i.year, i.family, i.params)):
        size = "x".join(map(str, i.input_shape))
        print(f"{i.name:24}{i.year:>4}{i.params:>14,}{i.macs:>16,}  {size}")
    return 0


def _show(args):
    import zoo

    for key, value in vars(zoo.info(args.model)).items():
        if isinstance(value, int) and key != "year":
            value = f"{value:,}"
        if key in ("departures", "checkpoints"):
            value = "\n".join(f"{'- ':>17}{v}" for v in value).lstrip(" -")
            value = f"- {value}" if value else "none"
        print(f"{key:15}{value}")
    return 0


def _classify(args):
    from zoo import _classify

    if args.saved_model is None:
        classify = _classify.classifier(args.model, args.weights)
    else:
        classify = _classify.saved_classifier(args.saved_model, args.top)
    for image in args.image:
        if len(args.image) > 1:
            print(f"{image}:")
        for name, probability in classify(image)[: args.top or 5]:
            print(f"{probability:6.3f}  {name}")
    return 0


def _train(words):
    from zoo.recipes import train

    return train.main(words, command="zoo train")


def _export(args):
    from zoo.training import export_run

    formats = args.formats.split(",")
    try:
        print(
            export_run.export_run(args.run_directory, args.directory, formats)
        )
    except RuntimeError as error:  # what was written answers otherwise
        raise ValueError(error) from error
    return 0


def _serve(args):
    from zoo import serve

    serve.serve(args.directory, args.host, args.port, args.runtime)
    return 0


if __name__ == "__main__":
    sys.exit(main())
