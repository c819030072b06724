"""What the committed results say to the widgets of the handbook's pages.

The widgets are docs/site/static/widgets: plain JavaScript in the pages that
have a `data-widget`, which need no network and show their text without it.
"""

import csv
import json
import pathlib

FILES = ("data.js", "parts.js", "depth.js", "ravine.js", "histogram.js")
SIGNALS = "results/signals/mnist_5k/runs.csv"


def measured(root):
    """{widget: its numbers}: log₁₀ of the first error over the last one."""
    found = {}
    with open(root / SIGNALS, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["part"] == "in use":
                name = f"{row['activation']} {row['weights']}"
                found.setdefault(name, []).append(float(row["orders"]))
    return {"depth": found}


def write(root, folder):
    """Writes the numbers as the script that a page loads first."""
    path = pathlib.Path(folder) / "widgets" / "data.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(measured(root), ensure_ascii=False)
    path.write_text(f"globalThis.MEASURED = {text};\n", encoding="utf-8")


def load(app, page, template, context, tree):
    """Sphinx's html-page-context: a page with a widget loads the scripts."""
    if "data-widget=" in (context.get("body") or ""):
        for name in FILES:
            app.add_js_file(f"widgets/{name}")
