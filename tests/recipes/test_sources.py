"""Which set is meant, and what is said when there is none."""

import json
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
    with pytest.raises(UserError, match="no such folder"):
        sources.find(str(tmp_path / "absent"))


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
