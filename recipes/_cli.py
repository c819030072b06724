"""What every recipe's command line shares: errors as one line, suggestions."""

import difflib
import sys

from absl import app


class UserError(Exception):
    """Something the user can put right; its message says how."""


def run(main):
    """Runs `main()` after parsing the flags; a UserError ends with status 2."""

    def guarded(argv):
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
