"""Every experiment, run for real on a few images by its command line."""

import ast
import csv
import pathlib
import re
import subprocess
import sys

import pytest

RECIPES = pathlib.Path(__file__).parents[2] / "recipes"
EXPERIMENTS = sorted(
    path
    for path in RECIPES.glob("[a-z]*.py")
    if "experiment.start(" in path.read_text()
)
VERDICTS = ("Held.", "Did not hold.", "Not measured.")


@pytest.fixture(scope="module", params=EXPERIMENTS, ids=lambda p: p.stem)
def results(request, tmp_path_factory, data_dir):
    """The results' directory of an experiment, and what it printed."""
    root = tmp_path_factory.mktemp("results")
    done = subprocess.run(
        [
            sys.executable, request.param, "--smoke", "--dataset=digits",
            f"--data_dir={data_dir}", f"--results={root}",
        ],
        capture_output=True, text=True, cwd=root, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return root / request.param.stem / "digits_smoke", done.stdout


def test_experiment(results):
    directory, printed = results
    with open(directory / "runs.csv") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list((directory / "runs").glob("*.json"))) > 0
    assert {"dataset", "epochs", "seed", "seconds"} <= set(rows[0])

    summary = (directory / "summary.md").read_text()
    assert f"python recipes/{directory.parent.name}.py " in summary
    sections = dict(
        re.findall(r"^## (.*)\n\n((?:(?!## ).*\n?)*)", summary, re.M)
    )
    claims = re.split(r"^\d+\. ", sections.pop("Claims"), flags=re.M)[1:]
    assert claims
    for text in (" ".join(c.split()) for c in claims):
        assert re.search(r"\(\[.+\]\(https?://\S+\)\) Measured: .+", text), text
        assert text.endswith(tuple(f"**{verdict}**" for verdict in VERDICTS))
    measured = [
        c for c in claims if "**Not measured.**" not in " ".join(c.split())
    ]
    assert measured, "a smoke run should show at least one claim"
    assert len(claims) == printed.count("\nclaimed: ")
    assert len(measured) == len(
        re.findall("^(?:HELD|DID NOT HOLD)$", printed, re.M)
    )

    figures = re.findall(r"!\[.+\]\((.+)\)", sections.pop("Figures"))
    assert set(figures) == {p.name for p in directory.glob("*.png")} != set()
    assert all(p.stat().st_size < 150_000 for p in directory.glob("*.png"))
    assert sections, "no table"
    for title, body in sections.items():
        table = [line for line in body.splitlines() if line.startswith("|")]
        assert len(table) >= 3, title
        assert len({line.count("|") for line in table}) == 1, title


MEASURED = [
    path
    for path in EXPERIMENTS
    if any((RECIPES.parent / "results" / path.stem).glob("*/summary.md"))
]


@pytest.mark.parametrize("path", MEASURED, ids=lambda p: p.stem)
def test_docstring_tells_what_to_expect(path):
    text = ast.get_docstring(ast.parse(path.read_text()))
    assert f"python recipes/{path.name}" in text
    assert re.search(r"minute|hour", text), "tell how long it takes"
    assert re.search(r"±", text), "tell the figures to expect"
