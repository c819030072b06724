"""The site is built from the repository, without a warning."""

import json
import pathlib
import re
import runpy
import shutil
import subprocess
import sys

import pytest

LOADED = re.compile(r'<(?:script|link|img)[^>]*(?:src|href)="(.*?)"')
ROOT = pathlib.Path(__file__).parents[1]


@pytest.mark.program
def test_is_built_and_needs_no_network():
    """A broken link, picture or docstring is a warning, which fails."""
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package)
    made = subprocess.run(
        [sys.executable, "docs/site/build.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    site = ROOT / "build" / "site"
    pages = list(site.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(
            r"<(?:script|link|img)[^>]*(?:src|href)=\"(.*?)\"", text
        )
        assert not [to for to in loaded if "//" in to], page
    start = (site / "index.html").read_text(encoding="utf-8")
    assert "models/resnet.html" in start
    assert "api/zoo.layers.html" in start


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_widgets_say_what_was_measured():
    """The forecast of depth.js beside the committed runs of signals."""
    code = """
      const { forecast } = require("./docs/site/static/widgets/depth.js");
      const { path } = require("./docs/site/static/widgets/ravine.js");
      const { drawn, generator, normalize, statistics, SHAPES } =
        require("./docs/site/static/widgets/histogram.js");
      const names = JSON.parse(process.argv[1]), [ends, shapes] = [{}, {}];
      for (const name of names) {
        const [activation, ...weights] = name.split(" ");
        ends[name] = forecast(activation, weights.join(" "), 20).at(-1);
      }
      for (const shape of Object.keys(SHAPES)) {
        const x = drawn(shape, 4000, 2, 3, generator(1)), own = statistics(x);
        const y = x.map((v) => normalize(v, own, 2, -1));
        shapes[shape] = [own, statistics(y)];
      }
      const sgd = path("SGD", { rate: 0.1, mu: 0, kappa: 5 }, 3).at(-1);
      console.log(JSON.stringify({ ends, shapes, sgd }));
    """
    measured = runpy.run_path(str(ROOT / "docs/site/widgets.py"))["measured"]
    runs = measured(ROOT)["depth"]
    made = subprocess.run(
        ["node", "-e", code, json.dumps(list(runs))],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert len(runs) == 24
    for name, orders in runs.items():
        mean = sum(orders) / len(orders)
        assert abs(told["ends"][name] - mean) < 0.7, name
    for own, after in told["shapes"].values():
        assert abs(own["mean"] - 2) < 0.2
        assert abs(own["variance"] - 9) < 1
        assert abs(after["mean"] + 1) < 1e-9
        assert abs(after["variance"] - 4) < 0.01
    assert abs(told["sgd"][0] + 4 * 0.9**3) < 1e-12
    assert abs(told["sgd"][1] - 0.5**3) < 1e-12


def test_pages_have_their_widgets():
    """Each page with one tells those without JavaScript what it shows."""
    found = {}
    for page in (ROOT / "docs" / "handbook").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        for name, told in re.findall(
            r'<div data-widget="(\w+)">\n<p>(.+?)</p>\n</div>', text, re.S
        ):
            found[name] = told
    folder = ROOT / "docs" / "site" / "static" / "widgets"
    scripts = {path.stem for path in folder.glob("*.js")} - {"parts"}
    assert {*found} == scripts
    for name in found:
        script = (folder / f"{name}.js").read_text(encoding="utf-8")
        assert f'widget("{name}"' in script
        assert not re.search(r"fetch|https?:|import\(", script)
