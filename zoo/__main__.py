"""The command line: `zoo list`, `zoo classify a.jpg`, `zoo train`, ….

Arguments are checked before TensorFlow is imported, which takes seconds; the
commands that only tell facts never import it.
"""

import os
import pathlib
import signal
import sys
import threading
from collections.abc import Sequence

from zoo import _arguments, _listing, _options, _show_options
from zoo._printable import printable


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
    print(printable(" ".join(message.split())), file=sys.stderr)
    return 2


def _run(words):
    if words[:1] == ["train"]:  # whose flags are made of its options
        return _train(words[1:])
    if words[:1] == ["reproduce"]:
        return _reproduce(words[1:])
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
    options = {k: getattr(args, k) for k in ("year", "max_params", "sort")}
    infos = _listing.choose(args.pattern, weights=args.weights, **options)
    if args.json:
        print(_listing.as_json(infos))
    elif args.weights or args.sort.removeprefix("-") == "top1":
        print(_listing.table_of_weights(infos, args.weights))
    else:
        print(_listing.table(infos))
    return 0


def _show(args):
    info = _listing.find(args.model)
    _show_options.check(args)
    if _show_options.builds(args):
        _import_tensorflow()
        from zoo import _show

        print(printable(_show.text(args, info.name)))
    else:
        print(_listing.as_json(info) if args.json else _listing.card(info))
    return 0


def _classify(args):
    if len(args.image) > 1:
        _take_model(args)
    target, facts = _target(args)
    _check_images(args.image)
    _import_tensorflow()
    from zoo import _classify

    classify = _classify.classifier(target, args.top, **facts)
    for image in args.image:
        if len(args.image) > 1:
            print(f"{image}:")
        for name, probability in classify(image)[: args.top or 5]:
            print(f"{probability:6.3f}  {printable(name)}")
    return 0


def _explain(args):
    from zoo import _explain_options, _targets

    _take_model(args)
    target, facts = _target(args)
    saved = target.kind == _targets.SAVED_MODEL
    _explain_options.check(args, saved, target.run)
    _check_images(args.image)
    from zoo import _figures  # noqa: F401  which says what it needs

    _import_tensorflow()
    from zoo import _explain

    path = _explain.picture(
        target,
        args.image,
        args.output,
        method=args.method,
        class_name=args.class_name,
        layer=args.layer,
        top=args.top,
        maps=args.maps,
        filters=args.filters,
        **facts,
    )
    print(path)
    return 0


def _take_model(args):
    """Takes the first word for the model where it is one: `zoo … RUN a.jpg`."""
    from zoo import _targets

    if args.image and _targets.is_target(args.image[0]):
        args.model = args.image.pop(0)


def _target(args):
    """The `_targets.Target` that a command is given, and facts about it.

    Raises:
        ValueError: There is none such, or a file of names cannot be read.
    """
    from zoo import _targets

    target = _targets.find(args.model, args.weights)
    names = None
    if args.class_names is not None:
        names = _targets.read_names(args.class_names)
    return target, {
        "weights": args.weights, "scale": args.scale, "classes": names,
    }  # fmt: skip


def _check_images(paths):
    """Refuses, without TensorFlow, files that are no images."""
    from zoo.images import _decode, _formats

    for image in paths:
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


def _reproduce(words):
    from zoo.recipes import reproduce

    return reproduce.main(words, command="zoo reproduce")


def _export(args):
    from zoo import _export_target
    from zoo.export import _files

    formats = _files.check_names(args.formats.split(","))
    target, facts = _target(args)
    _export_target.check(target, formats)
    calibrate = args.evaluation or args.calibrate
    _export_target.evaluation_of(target, calibrate)
    _import_tensorflow()
    path = _export_target.export_target(
        target, args.directory, formats, calibrate, **facts
    )
    print(path)
    return 0


def _evaluate(args):
    from zoo import _evaluate, _labelled

    target, facts = _target(args)
    wanted = _labelled.wanted(target, args.dataset, args.split, args.data_dir)
    directory = args.directory or _labelled.default_directory(target, wanted)
    _import_tensorflow()
    found = _evaluate.run(
        target,
        wanted,
        class_names=facts.pop("classes"),
        corruptions=args.corruptions and args.corruption_images,
        directory=directory,
        progress=lambda line: print(line, flush=True),
        **facts,
    )
    print(printable(found.text()))
    print(f"page: {pathlib.Path(directory, 'evaluation.html')}")
    return 0


def _serve(args):
    from zoo import _export_target, serve

    limits = serve.Limits(
        max_body=args.max_body,
        max_pixels=args.max_pixels,
        max_batch=args.max_batch,
        max_connections=args.max_connections,
        timeout=args.timeout,
    )
    where = (args.host, args.port, args.runtime)
    options = {
        "allowed_hosts": [n for n in args.allowed_hosts.split(",") if n],
        "poll": args.poll,
        "log_format": args.log_format,
    }
    serve.check_options(*where, **options)
    target, facts = _target(args)
    if not _export_target.saved_model(target):
        _export_target.check(target)
    _import_tensorflow()
    with _export_target.served(target, **facts) as directory:
        serve.serve(directory, *where, limits=limits, **options)
    return 0


def _push(args):
    from zoo.checkpoints import _hub

    _hub.destination(args.address)  # before anything slow
    target, facts = _target(args)
    _import_tensorflow()
    from zoo import _loading, _push

    print(_push.push_as_asked(_loading.load(target, **facts), args))
    return 0


COMMANDS = {
    "list": _list,
    "show": _show,
    "classify": _classify,
    "train": _train,
    "reproduce": _reproduce,
    "export": _export,
    "evaluate": _evaluate,
    "explain": _explain,
    "serve": _serve,
    "push": _push,
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
