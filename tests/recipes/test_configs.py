"""The papers' recipes: data that fits the options and the networks."""

import dataclasses
import json
import re

import pytest

import zoo
from zoo.recipes import configs, train as recipe
from zoo.training import TrainConfig, UserError, flags, optimizers


def parse(*words):
    return flags.parse(
        recipe.CommandOptions, words, fill=recipe.recipe_options
    )[0]


@pytest.mark.parametrize("name", configs.names())
def test_recipe(name):
    found = configs.find(name)
    info = zoo.info(name)
    config = TrainConfig(**found.options)
    assert config.model == name
    optimizers.arguments(config.optimizer, config.optimizer_arguments or "")
    assert {"dataset", "epochs", "batch_size", "learning_rate", "augment"} <= (
        found.options.keys()
    )
    assert re.match(r"https?://", found.url)
    assert found.title
    assert found.where
    classes = {
        "cifar10": 10,
        "cifar100": 100,
        "imagenet2012": 1000,
        "mnist": 10,
    }
    assert classes[config.dataset] == info.num_classes
    claim = found.claim
    assert claim is not None
    assert 0.5 < claim.accuracy < 1
    assert re.search(r"[Tt]able|[Ss]ection|README", claim.where)
    assert claim.runs >= 1


def test_files_have_no_other_keys():
    """A misspelt key would be a silent default."""
    known = {f.name for f in dataclasses.fields(configs.Claim)} | {"error"}
    for path in configs.FOLDER.glob("*.json"):
        content = json.loads(path.read_text())
        assert content.keys() <= {
            "recipe", "sources", "options", "departures", "networks",
        }  # fmt: skip
        assert content["recipe"].keys() == {"title", "url", "where"}
        for own in content["networks"].values():
            assert own.keys() <= {"options", "departures", "claim"}
            assert own["claim"].keys() <= known
            assert len({"error", "accuracy"} & own["claim"].keys()) == 1


def test_flags_override_a_recipe():
    config = parse("--config=resnet20", "--learning_rate=0.05")
    assert (config.model, config.dataset) == ("resnet20", "cifar10")
    assert (config.learning_rate, config.l2) == (0.05, 0.0001)
    assert config.step_epochs == "82,123"
    # The schedule shrinks with the epochs, unless it is given, too.
    assert parse("--config=resnet20", "--epochs=41").step_epochs == "20.5,30.75"
    both = parse("--config=resnet20", "--epochs=41", "--step_epochs=30")
    assert both.step_epochs == "30"
    # Another schedule or optimizer goes without the epochs or arguments of its.
    other = parse("--config=resnet20", "--schedule=cosine")
    assert (other.schedule, other.step_epochs) == ("cosine", None)
    other = parse("--config=mobilenet_v2", "--optimizer=adam")
    assert other.optimizer_arguments is None
    assert other.step_epochs == "2.5"
    short = parse("--config=resnet110", "--epochs=82")
    assert short.warmup_epochs == 0.5


def test_a_file_of_options(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text('{"model": "resnet32", "epochs": 3}')
    config = parse(f"--config={path}", "--seed=2")
    assert (config.model, config.epochs, config.seed) == ("resnet32", 3, 2)
    for text, message in (
        ('{"modle": 1}', "no option 'modle'. Did you mean 'model'"),
        ('["model"]', "must hold an object of options"),
        ("{", "cannot be read"),
        ('{"epochs": "many"}', "epochs must be a whole number"),
    ):
        path.write_text(text)
        with pytest.raises(UserError, match=re.escape(message)):
            parse(f"--config={path}")
    with pytest.raises(UserError, match="Did you mean 'resnet"):
        parse("--config=resnet21")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "cannot be read: too many lists in lists"),
        ('{"epochs": ' + 5000 * "9" + "}", "cannot be read: Exceeds the limit"),
        ("[1]", "must hold an object of options"),
        ('{"epochs": true}', "epochs must be a whole number; received True"),
        ('{"\\u001b[2J": 1}', "there is no option '.x1b.2J'"),
        ('{"overwrite": true}', "give --overwrite on the command line"),
    ],
)
def test_a_file_of_somebody_else(tmp_path, text, message):
    path = tmp_path / "theirs.json"
    path.write_text(text)
    with pytest.raises(UserError, match=message):
        parse(f"--config={path}")
