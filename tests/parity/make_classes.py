"""Writes zoo/images/imagenet_synsets.txt from timm's lists of classes.

    python -m tests.parity.make_classes

Needs timm (Apache-2.0). A line is a synset of WordNet, the sets of classes
that have it, in all of which classes are in this order, and its words.
"""

import pathlib

from timm.data import ImageNetInfo

SYNSETS = pathlib.Path(__file__).parents[2] / "zoo/images/imagenet_synsets.txt"
# A letter of ours: timm's name of the set.
SETS = {
    "f": "imagenet-22k",
    "g": "imagenet-21k-goog",
    "m": "imagenet-21k-miil",
    "t": "imagenet-12k",
}


def main():
    words, member = {}, {}
    for letter, name in SETS.items():
        info = ImageNetInfo(name)
        labels = info.label_names()
        if labels != sorted(labels):
            raise ValueError(f"{name} is in another order")
        for label in labels:
            words[label] = info.label_name_to_description(label)
            member[label] = member.get(label, "") + letter
    lines = [f"{n}\t{member[n]}\t{words[n]}\n" for n in sorted(words)]
    SYNSETS.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
