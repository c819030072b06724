"""(Goes as soon as recipes/lab uses `flags`.)"""

import difflib
import sys
import types

from absl import app, flags, logging

from zoo.training.errors import UserError


def run(main):
    """Runs `main()` after parsing the flags; a UserError ends with status 2."""

    def guarded(argv):
        if not flags.FLAGS["verbosity"].present:
            logging.set_verbosity(logging.WARNING)  # TFDS and Keras tell a lot
        try:
            if len(argv) > 1:
                raise UserError(
                    f"{argv[1]!r} is not understood: every option is written "
                    "--name=value. --help lists them."
                )
            return main()
        except UserError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print("\nstopped", file=sys.stderr)
            return 130

    app.run(guarded)


def nearest(word, known):
    """' Did you mean …?' where something known is near to the word, or ''."""
    near = difflib.get_close_matches(str(word), list(known), n=3)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def options(values=None):
    """The project's flags as a namespace of values.

    Args:
        values: {flag: value} instead of those on the command line.
    """
    return types.SimpleNamespace(
        **(values or {flag.name: flag.value for flag in _flags()})
    )


def given():
    """{flag: value} of those on the command line."""
    return {flag.name: flag.value for flag in _flags() if flag.present}


def _flags():
    """Flags of the recipe and its modules, not those of absl and others."""
    for module, defined in flags.FLAGS.flags_by_module_dict().items():
        if module == sys.argv[0] or module.startswith(
            ("zoo.recipes.", "zoo.training.")
        ):
            yield from defined
