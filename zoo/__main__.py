"""The command line: `zoo list`, `zoo classify a.jpg`, `zoo train`, ….

Arguments are checked before TensorFlow is imported, which takes seconds; the
commands that only tell facts never import it.
"""

import os
import signal
import sys
import threading
from collections.abc import Sequence

from zoo import _arguments, _listing, _options


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: The words after `zoo`. None: those of this process.

    Returns:
        The exit status: 0; 2 after an error, which is printed as one line; 130
        after Ctrl-C.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        status = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()  # a closed pipe shows here, not at exit
        return status
    except BrokenPipeError:  # `zoo list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except _arguments.UsageError as error:
        return _failed(str(error))
    except (ValueError, OSError, ImportError, RuntimeError) as error:
        return _failed(f"zoo: {error}")


def _failed(message):
    print(" ".join(message.split()), file=sys.stderr)
    return 2


def _run(words):
    if words[:1] == ["train"]:  # whose flags are made of its options
        return _train(words[1:])
    parser = _options.parser(COMMANDS)
    if not words:
        parser.print_help()
        return 0
    try:
        args = _arguments.parse(parser, words)
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    return args.run(args)


def _list(args):
    infos = _listing.choose(
        args.pattern,
        year=args.year,
        max_params=args.max_params,
        weights=args.weights,
        sort=args.sort,
    )
    print(_listing.as_json(infos) if args.json else _listing.table(infos))
    return 0


def _show(args):
    info = _listing.find(args.model)
    print(_listing.as_json(info) if args.json else _listing.card(info))
    return 0


def _classify(args):
    _check_classify(args)
    _import_tensorflow()
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


def _check_classify(args):
    from zoo.checkpoints import _known, _package
    from zoo.export import _versions
    from zoo.images import _decode, _formats

    if args.saved_model is not None:
        _versions.newest(args.saved_model)
    else:
        checkpoint = _known.find(_listing.find(args.model).name, args.weights)
        if checkpoint.name.startswith("package"):
            _package.find(checkpoint)
    for image in args.image:
        try:
            with open(image, "rb") as file:
                start = file.read(16)
        except OSError as error:
            raise _decode.unreadable(image, error) from error
        if not start.startswith(tuple(_formats.STARTS.values())):
            raise ValueError(
                f"cannot read the image {image}: {_formats.UNKNOWN}"
            )


def _train(words):
    from zoo.recipes import train

    return train.main(words, command="zoo train")


def _export(args):
    from zoo.training import export_run

    formats = args.formats.split(",")
    export_run.check(args.run_directory, formats)
    _import_tensorflow()
    print(export_run.export_run(args.run_directory, args.directory, formats))
    return 0


def _serve(args):
    from zoo import serve

    limits = serve.Limits(
        max_body=args.max_body,
        max_pixels=args.max_pixels,
        max_batch=args.max_batch,
        max_connections=args.max_connections,
        timeout=args.timeout,
    )
    where = (args.directory, args.host, args.port, args.runtime)
    options = {
        "allowed_hosts": [n for n in args.allowed_hosts.split(",") if n],
        "poll": args.poll,
        "log_format": args.log_format,
    }
    serve.check(*where, **options)
    _import_tensorflow()
    serve.serve(*where, limits=limits, **options)
    return 0


COMMANDS = {
    "list": _list,
    "show": _show,
    "classify": _classify,
    "train": _train,
    "export": _export,
    "serve": _serve,
}


def _import_tensorflow():
    """Imports TensorFlow without its notices; Ctrl-C ends the process at once.

    There is nothing to tidy up yet, and half an import would say more.
    """
    from zoo import _notices

    if threading.current_thread() is not threading.main_thread():
        return _notices.import_tensorflow()
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    try:
        _notices.import_tensorflow()
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
