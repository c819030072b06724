"""What is installed: one name, whole, whatever files lie beside the user's."""

import configparser
import os
import pathlib
import shutil
import site
import subprocess
import sys
import venv
import zipfile

import pytest

ROOT = pathlib.Path(__file__).parents[1]
FOLDERS = ("zoo", "layers", "callbacks", "recipes")
FILES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
FOREIGN = ("layers.py", "callbacks.py", "recipes.py", "tests.py", "training.py")
DATA = (".h5", ".html", ".json", ".md", ".pyi", ".txt", ".typed")
USE = """
import zoo
from zoo import callbacks, layers, resnet18, training
import zoo.recipes.dropout, zoo.serve, keras

assert "site-packages" in zoo.__file__, zoo.__file__
model = resnet18(num_classes=2, input_shape=(32, 32, 3), stem="small")
assert any(isinstance(layer, layers.Conv2D) for layer in model.layers)
callbacks.TrainingDoctor()
keras.models.load_model({saved!r})
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy: what an earlier build left would get in."""
    source = tmp_path_factory.mktemp("source")
    for folder in FOLDERS:
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / folder, source / folder, ignore=unwanted)
    for file in FILES:
        shutil.copy(ROOT / file, source)
    run("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", source / "dist", source)  # fmt: skip
    (path,) = (source / "dist").glob("*.whl")
    return path


def run(*command, python=sys.executable, **options):
    done = subprocess.run(
        [python, *map(str, command)], capture_output=True, text=True, **options
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


@pytest.mark.program
def test_all_of_it_is_under_one_name(wheel):
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"zoo"}
    for folder in FOLDERS:
        inside = "zoo" if folder == "zoo" else f"zoo/{folder}"
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", *DATA) and "__pycache__" not in str(path):
                there = path.relative_to(ROOT / folder).as_posix()
                assert f"{inside}/{there}" in names
    assert "zoo/py.typed" in names


@pytest.mark.program
def test_packages_are_the_folders():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    packages = config["options"]["packages"].split()
    found = []
    for folder in FOLDERS:
        name = "zoo" if folder == "zoo" else f"zoo.{folder}"
        for path in (ROOT / folder).rglob("__init__.py"):
            inner = path.parent.relative_to(ROOT / folder).parts
            found.append(".".join((name, *inner)))
    assert sorted(packages) == sorted(found)


@pytest.mark.program
def test_works_beside_files_of_the_same_names(wheel, tmp_path):
    """A user's own layers.py, the commonest file of a Keras project."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv/bin/python"
    packages = subprocess.check_output(
        [python, "-c", "import site; print(site.getsitepackages()[0])"],
        text=True,
    ).strip()
    with zipfile.ZipFile(wheel) as file:
        file.extractall(packages)
    # What the tests run with, but for the editable install of this project.
    others = [
        p for p in (*site.getsitepackages(), *sys.path) if "-packages" in p
    ]
    pathlib.Path(packages, "others.pth").write_text("\n".join(others))
    folder = tmp_path / "project"
    folder.mkdir()
    for name in FOREIGN:
        (folder / name).write_text("raise RuntimeError(__file__)\n")
    saved = str(ROOT / "tests/data/saved/before_move.keras")
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    options = {"python": str(python), "cwd": folder, "env": kept}
    (folder / "script.py").write_text(USE.format(saved=saved))
    run("script.py", **options)
    told = run("-m", "zoo", "show", "lenet5", **options)
    assert "60,000" in told.stdout
    assert told.stderr == ""
