"""Exports of a run: several at once, and of damaged files."""

import json
import random
import shutil

from _run_children import CHAINS, Training, fault_of_end
from _run_damage import DAMAGES
from _run_kills import undisturbed


def together(folder, width):
    """Two exports of one run at once: two whole versions, of other numbers."""
    for number in range(round(4 * width)):
        run = _copy(folder, f"together{number}")
        both = [
            Training((run,), folder / f"log{i}", command="export")
            for i in range(2)
        ]
        faults = [fault_of_end(one.wait(), one.told()) for one in both]
        found = [_version(run / "saved_model" / str(n)) for n in (1, 2)]
        if found != [1, 2]:
            faults.append(f"the versions say {found}")
        if len(list((run / "saved_model").iterdir())) != 2:
            faults.append("something was left behind")
        yield next(filter(None, faults), None)
        shutil.rmtree(run)


def damaged(folder, width):
    """Exports of a run whose model or configuration is damaged."""
    chance = random.Random(9)
    for name in ("model.keras", "config.json"):
        for kind, damage in DAMAGES.items():
            run = _copy(folder, "export")
            path = run / name
            data = damage(path.read_bytes(), chance)
            path.unlink()
            if data is not None:
                path.write_bytes(data)
            one = Training((run,), folder / "log", command="export")
            status = one.wait()
            fault = fault_of_end(status, one.told(), (0, 2))
            if status and list(run.glob("saved_model/*")):
                fault = fault or "something was left behind"
            yield fault and f"{name} {kind}: {fault}"
            shutil.rmtree(run)


def _copy(folder, name):
    """A finished run that was not exported."""
    _, reference, _ = undisturbed(folder, next(iter(CHAINS)))
    run = shutil.copytree(reference, folder / name)
    shutil.rmtree(run / "saved_model", ignore_errors=True)
    return run


def _version(path):
    """What a version's metadata says; None where it is not whole."""
    if not (path / "saved_model.pb").is_file():
        return None
    text = (path / "assets.extra/metadata.json").read_text()
    return json.loads(text)["version"]


ATTACKS = {
    "two exports of a run at once": together,
    "an export of a run that is damaged": damaged,
}
