"""Writes data/imgclsmob.csv: python -m tests.parity.make_imgclsmob.

Needs pytorchcv (MIT), which knows its files' addresses and SHA-1, and whose
description on the package index has the tables of errors.
"""

import csv
import importlib.metadata
import re

from pytorchcv.models.common import model_store

from tests.parity.known_pages import FILE

RELEASES = f"{model_store.imgclsmob_repo_url}/releases/download"
FIELDS = (
    "name", "params", "top1", "top5", "size", "crop_percent", "url", "sha1",
)  # fmt: skip


def main():
    path = model_store.get_model_metainfos_file_path()
    heads, *lines = model_store.load_csv(path)
    errors = table_of_errors()
    with open(FILE, "w", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        for line in lines:
            facts = dict(zip(heads, line, strict=True))
            name = facts["model_name"]
            small = re.search(r"_(cifar100?|svhn)$", name)
            released = facts["checksum"] != "NA"
            if released and (small or facts["test_dataset"] == "in1k"):
                table.writerow(row(facts, errors))


def row(facts, errors):
    sha1, name = facts["checksum"], facts["model_name"]
    file = f"{name}-{facts['error_value']}-{sha1[:8]}.pth"
    address = f"{RELEASES}/{facts['repo_release_tag']}/{file}"
    size, percent = facts["img_size"], facts["img_scale"]
    # A file's name has the error in 1/100 %: of ImageNet's the top-5.
    named = [str(int(facts["error_value"]) / 100)]
    told = errors.get(address, named if size == "NA" else ["", *named])
    known = [str(round(100 - float(e), 2)) if e else "" for e in told]
    return dict(
        zip(
            FIELDS,
            (
                name,
                facts["net_weights"],
                *[*known, ""][:2],
                size if size != "NA" else "32",
                percent if percent != "NA" else "1.0",
                f"{address}.zip",
                sha1,
            ),
            strict=True,
        )
    )


def table_of_errors():
    """{address of the file: its errors in %} of the description's tables."""
    text = importlib.metadata.metadata("pytorchcv").get_payload()
    found = {}
    for line in str(text).splitlines():
        match = re.search(rf"({re.escape(RELEASES)}/\S+\.pth)\.log", line)
        if match:
            cells = [cell.strip() for cell in line.split("|")[2:4]]
            errors = [c for c in cells if re.fullmatch(r"[\d.]+", c)]
            found[match[1]] = errors  # of CIFAR's and SVHN's only the top-1
    return found


if __name__ == "__main__":
    main()
