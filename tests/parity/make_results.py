"""Writes tests/parity/data/timm_results.csv from timm's results tables.

    python -m tests.parity.make_results FOLDER

FOLDER is `results/` of https://github.com/huggingface/pytorch-image-models
(Apache-2.0), at COMMIT. Of its six tables, one for each set of images, comes
one, which has a line for each network and size of images.
"""

import csv
import pathlib
import sys

COMMIT = "aa4b5850"
RESULTS = pathlib.Path(__file__).parent / "data/timm_results.csv"
# The name of a set here: timm's file.
SETS = {
    "imagenet": "results-imagenet.csv",
    "real": "results-imagenet-real.csv",
    "v2": "results-imagenetv2-matched-frequency.csv",
    "a": "results-imagenet-a.csv",
    "r": "results-imagenet-r.csv",
    "sketch": "results-sketch.csv",
}
FACTS = ("model", "img_size", "crop_pct", "interpolation", "param_count")
COLUMNS = [f"{name}_top{k}" for name in SETS for k in (1, 5)]


def main(folder):
    lines = {}
    for name, file in SETS.items():
        with open(pathlib.Path(folder, file), newline="") as table:
            for row in csv.DictReader(table):
                key = (row["model"], int(row["img_size"]))
                line = lines.setdefault(key, {f: row[f] for f in FACTS})
                line["param_count"] = row["param_count"].replace(",", "")
                line[f"{name}_top1"] = row["top1"]
                line[f"{name}_top5"] = row["top5"]
    with open(RESULTS, "w", newline="") as table:
        writer = csv.DictWriter(
            table, [*FACTS, *COLUMNS], restval="", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(lines[key] for key in sorted(lines))


if __name__ == "__main__":
    main(sys.argv[1])
