"""A child process: reads names of programs, writes their recordings."""

import json
import pathlib
import sys
import warnings

from bench.doctor._record import record, tool_of


def main(directory, tool, seed):
    warnings.simplefilter("ignore")
    tool, answer = tool_of(tool), sys.stdout
    # What programs print is no answer.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        name = line.strip()
        try:
            result = record(name, tool, int(seed))
        except Exception as error:
            result = {"name": name, "broken": repr(error)[:500]}
        path = pathlib.Path(directory, name + ".json")
        path.with_suffix(".part").write_text(json.dumps(result))
        path.with_suffix(".part").replace(path)
        print(name, file=answer, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
