"""Each rule on records made for it: where it fires, and where it must not."""

import copy
import math

import pytest

from zoo.callbacks import Thresholds, _rules
from zoo.callbacks._diagnosis import diagnose

CONSTANT = 2.3  # ln 10


def history(epochs=6, losses=None, planned=None, **fit):
    """Records of a healthy classification into 10 classes."""
    losses = losses or [2.0 * 0.5**i for i in range(epochs)]
    records = []
    for epoch, loss in enumerate(losses):
        accuracy = min(0.95, 0.3 + 0.15 * epoch)
        records.append(
            {
                "epoch": epoch,
                "logs": {
                    "loss": loss,
                    "accuracy": accuracy,
                    "val_loss": 1.05 * loss,
                    "val_accuracy": accuracy,
                },
                "learning_rate": 1e-3,
                "adaptive": True,
                "loss_scaled": False,
                "probe_finite": True,
                "settled": True,
                "gradients": {
                    "grad_norm": 1.0,
                    "grad_nonfinite_steps": 0,
                    "variables": {
                        f"{name}/kernel": {
                            "norm": 0.5,
                            "norm_max": 1.0,
                            "update_ratio": 2e-3,
                            "update_ratio_max": 2e-3,
                        }
                        for name in ("first", "middle", "last")
                    },
                },
                "weights": {
                    f"{name}/kernel": {
                        "norm": 8.0,
                        "trainable": True,
                        "size": 4096,
                        "unit_spread": 1.5,
                    }
                    for name in ("first", "middle", "last")
                },
                "units": {
                    "sites": {
                        "relu": {"kind": "relu", "dead": 0.0, "channels": 64},
                        "tanh": {"kind": "tanh", "saturated": 0.0},
                    }
                },
                "activations": {"layers": {}},
                "dropout": {"drop": {"rate": 0.5}},
                "heads": {
                    "out": {
                        "activation": "softmax",
                        "inner": "linear",
                        "low": 0.0,
                        "high": 1.0,
                        "zeros": 0.0,
                        "sum_error": 0.0,
                        "loss": loss,
                        "accuracy": accuracy,
                        "spread": 0.4,
                    }
                },
                "validation": {"0": {"rms": 1.0, "mean": 0.0}},
                "plan": {"epochs": planned or len(losses), "steps": 40},
                "fit": {
                    "constant": CONSTANT,
                    "loss": loss,
                    "evaluated": loss,
                    "penalty": 0.0,
                    "majority": 0.1,
                    "classes": 10,
                    **fit,
                },
            }
        )
    records[-1]["ended"] = True
    records[0]["initial_weights"] = copy.deepcopy(records[0]["weights"])
    records[0]["facts"] = {
        "inputs": {
            "0": {
                "bad": 0,
                "bad_column": 0,
                "bad_step": None,
                "constant": 0.1,
                "rows": 1200,
                "whole": False,
                "rms": 1.0,
                "low": 0.0,
                "high": 1.0,
            }
        },
        "targets": {},
        "entries": {
            "first": {
                "low": 0.0,
                "high": 1.0,
                "rms": 0.5,
                "column_rms": 1.0,
                "normalized": False,
            }
        },
        "heads": {
            "out": {
                "width": 10,
                "kind": "sparse",
                "logits": False,
                "summed": False,
                "rows": 1200,
                "low": 0.0,
                "high": 9.0,
                "std": 3.0,
                "rms": 5.0,
                "distinct": 10,
                "part_whole": 1.0,
                "negative": 0.0,
                "above_one": 0.8,
                "below_minus_one": 0.0,
                "classes": 10,
                "top_class": 9,
                "majority": 0.1,
                "minority": 0.1,
                "per_row": 1,
                "order": 1.0,
            }
        },
        "start": {"batch": 32, "steps": 40, "weighted": False, "loss": 2.5},
        "norms": {"number": 0, "momentum": 0.0},
        "chains": {},
    }
    return records


STANDS = [2.31] * 6  # the loss of a constant prediction
FLAT = [2.6] * 6


def changed(records, *changes):
    """Sets numbers: a change is a path into the records and a number."""
    for path, value in changes:
        first, *keys, last = path.split(".")
        chosen = {
            "all": records,
            "first": records[:1],
            "last": records[-1:],
            "tail": records[-3:],
        }
        for record in chosen[first]:
            for key in keys:
                record = record[key]
            record[last] = value
    return records


def facts(**numbers):
    """Of the output."""
    return [(f"first.facts.heads.out.{k}", v) for k, v in numbers.items()]


def now(**numbers):
    """Of the output, in all epochs."""
    return [(f"all.heads.out.{k}", v) for k, v in numbers.items()]


def binary(**numbers):
    """Facts of one unit for labels 0 and 1."""
    return facts(
        **{
            "kind": "binary",
            "width": 1,
            "high": 1.0,
            "distinct": 2,
            "classes": 2,
            "above_one": 0.0,
            "majority": 0.5,
            **numbers,
        }
    )


def regression(**numbers):
    """Facts of one unit for real numbers of deviation 1."""
    return facts(
        **{
            "kind": "squared",
            "width": 1,
            "low": -2.0,
            "high": 2.0,
            "rms": 1.0,
            "distinct": 1000,
            "part_whole": 0.0,
            "negative": 0.4,
            "above_one": 0.2,
            "below_minus_one": 0.2,
            **numbers,
        }
    )


ENTRY = "first.facts.entries.first"
INPUTS = "first.facts.inputs.0"
KERNELS = [f"{name}/kernel" for name in ("first", "middle", "last")]


def kernels(part, key, value):
    part = f"gradients.{part}" if part == "variables" else part
    return [(f"all.{part}.{k}.{key}", value) for k in KERNELS]


# A rule that is told apart by an accuracy needs it at chance.
AT_CHANCE = [("all.logs.accuracy", 0.1), ("all.logs.val_accuracy", 0.1)]


FIRES = {
    "nothing_trainable": [
        (STANDS, [("all.gradients.variables", {})]),
    ],
    "nonfinite_inputs": [
        (None, [(f"{INPUTS}.bad", 3), (f"{INPUTS}.bad_step", 5)]),
        (None, [("last.probe_finite", False), ("first.facts.inputs", {})]),
    ],
    "output_width": [
        (STANDS, facts(kind="binary", width=1)),
        (None, facts(width=100)),
    ],
    "loss_activation_mismatch": [
        (STANDS, facts(width=1, kind="binary", distinct=2, high=1.0)),
        (None, now(activation="linear", low=-3.0, high=4.0)),
        (None, now(activation="sigmoid", sum_error=0.7)),
        (None, now(sum_error=0.7)),
        (None, now(inner="relu")),
        (None, now(activation="relu")),
        (None, facts(logits=True) + now(activation="tanh")),
        (None, facts(logits=True) + now(activation="sigmoid")),
        (None, facts(kind="binary", above_one=0.0) + now()),
        (None, regression() + now(activation="sigmoid")),
        (None, regression() + now(activation="tanh")),
        (None, regression() + now(activation="relu")),
        (None, facts(kind="categorical", above_one=0, sums_not_one=0.3)),
        (None, facts(kind="squared", above_one=0.0)),
        (None, binary(kind="absolute") + now(activation="sigmoid")),
        (
            None,
            facts(kind="squared", width=1) + now(activation="linear"),
        ),
        (
            STANDS,
            [*facts(summed=True), ("all.adaptive", False)],
        ),
        (
            None,
            regression(kind="other", perfect=0, constant=-1.0, mirrored=-4.0)
            + now(activation="linear"),
        ),
        (
            None,
            regression(kind="other", perfect=2.0, constant=1.0, mirrored=2.0)
            + now(activation="linear"),
        ),
        (
            None,
            regression(negative=0.0, below_minus_one=0.0)
            + now(activation="relu", zeros=1.0),
        ),
    ],
    "constant_inputs": [
        (STANDS, [(f"{INPUTS}.constant", 1.0)]),
        (STANDS, [(f"{ENTRY}.high", 0.0)]),
    ],
    "unscaled_inputs": [
        (
            STANDS,
            [(f"{ENTRY}.high", 255.0), (f"{ENTRY}.column_rms", 90.0)],
        ),
        (None, [(f"{ENTRY}.rms", 90.0), ("first.facts.start.loss", 80.0)]),
        (
            STANDS,
            [(f"{ENTRY}.rms", 1e-3), (f"{ENTRY}.column_rms", 2e-3)],
        ),
    ],
    "unscaled_targets": [
        (FLAT, regression(rms=1e4) + now(activation="linear")),
    ],
    "nonfinite": [
        ([2.0, 1.0, math.nan], [("last.gradients.grad_nonfinite_steps", 9)]),
    ],
    "unshuffled_data": [(None, facts(order=400.0))],
    "train_eval_mismatch": [
        (
            None,
            [
                ("first.facts.norms.number", 2),
                ("first.facts.norms.momentum", 0.99),
                ("last.fit.evaluated", 3.0),
            ],
        ),
        (None, [("all.validation", {"0": {"rms": 150.0, "mean": 0.0}})]),
    ],
    "suspicious_labels": [
        (None, facts(distinct=1)),
        (None, facts(part_whole=0.1)),
        (
            None,
            [("all.logs.val_loss", 2.5), ("all.logs.val_accuracy", 0.1)],
        ),
    ],
    "class_imbalance": [
        (
            None,
            facts(majority=0.5, minority=0.01)
            + now(rare=20, rare_classes=3, rare_recall=0.1),
        ),
    ],
    "symmetric_units": [
        (
            STANDS,
            [
                ("first.initial_weights.middle/kernel.unit_spread", 0.0),
                ("all.weights.middle/kernel.unit_spread", 0.0),
            ],
        ),
    ],
    "missing_activation": [
        (None, [("first.facts.chains", {"last": {"after": "middle"}})]),
    ],
    "dropout_too_high": [(STANDS, [("all.dropout.drop.rate", 0.9)])],
    "batch_too_small_for_batch_norm": [
        (
            None,
            [("first.facts.norms.number", 2), ("first.facts.start.batch", 2)],
        ),
    ],
    "collapsing_weights": [(STANDS, kernels("weights", "norm", 0.1))],
    "exploding": [
        (FLAT, kernels("variables", "norm", 90.0)),
        ([3.0, 9.0, 40.0], []),
    ],
    "bad_initial_loss": [(FLAT, [("first.facts.start.loss", 30.0)])],
    "dead_units": [
        (FLAT, [("all.units.sites.relu.dead", 0.6)]),
        ([2.2, 2.1], [("all.units.sites.relu.dead", 1.0)]),
    ],
    "saturated": [(STANDS, [("all.units.sites.tanh.saturated", 0.7)])],
    "update_too_large": [
        (FLAT, kernels("variables", "update_ratio", 0.5)),
        (
            FLAT,
            [
                *kernels("variables", "update_ratio_max", 0.5),
                ("all.units.sites.relu.dead", 1.0),
            ],
        ),
    ],
    "vanishing": [
        (
            STANDS,
            [("all.gradients.variables.first/kernel.norm", 1e-6)],
        ),
    ],
    "update_too_small": [
        (STANDS, kernels("variables", "update_ratio", 1e-7)),
    ],
    "not_learning": [
        (
            None,
            [
                ("all.gradients.variables.middle/kernel.norm", 0.0),
                ("all.gradients.variables.middle/kernel.norm_max", 0.0),
            ],
        ),
        (None, [("all.weights.middle/kernel.trainable", False)]),
    ],
    "overfitting": [
        (None, [("tail.logs.val_loss", 9.0), ("tail.logs.val_accuracy", 0.3)]),
    ],
    "over_regularized": [
        (
            [2.2, 2.1, 2.0, 1.9, 1.8, 1.8],
            [("all.logs.accuracy", 0.3), ("all.logs.val_accuracy", 0.6)],
        ),
    ],
    "constant_output": [(STANDS, now(spread=1e-4))],
    "oscillating_loss": [([2.0, 2.4, 2.0, 2.4, 2.0, 2.4], [])],
    "slow_learning": [
        (
            [2.30, 2.28, 2.26, 2.24, 2.22, 2.20],
            kernels("variables", "update_ratio", 1e-4),
        ),
    ],
    "few_updates": [([2.2, 1.9, 1.6], [("all.plan.steps", 4)])],
    "loss_without_metric": [
        (None, [("all.logs.accuracy", 0.1)]),
        ([36.0, 9.0, 5.0, 3.0], [("all.fit.evaluated", 2.3), *AT_CHANCE]),
    ],
    "worse_than_constant": [(FLAT, [])],
    "plateau": [(STANDS, [])],
}


@pytest.mark.parametrize(
    ("cause", "case"),
    [(c, i) for c, cases in FIRES.items() for i in range(len(cases))],
)
def test_fires(cause, case):
    losses, changes = FIRES[cause][case]
    records = history(losses=losses)
    if losses is not None and not any("accuracy" in p for p, _ in changes):
        changed(records, *AT_CHANCE)
    issues = diagnose(changed(records, *changes), _rules.RULES)
    causes = [issue.cause for issue in issues]
    assert cause in causes, causes
    found = issues[causes.index(cause)]
    assert found.remedies
    assert found.text.count("Try: ") == 1


def test_every_rule_is_seen_to_fire():
    assert set(FIRES) == {rule.cause for rule in _rules.RULES}


HEALTHY = {
    "classification": (None, []),
    "slow start": (
        [*STANDS, 2.2],
        [*AT_CHANCE, ("all.plan.epochs", 300), ("last.ended", False)],
    ),
    "days in their order": ([2.0, 1.5, 1.0], facts(order=20.0)),
    "noise floor": ([2.0, 1.8, 1.7, 1.7, 1.7, 1.7, 1.7], []),
    "noise floor, after a few updates": (
        [2.0, 1.8, 1.7, 1.7],
        [("all.plan.steps", 4)],
    ),
    "noise floor, and a rate that falls to nothing": (
        [2.0, 1.8, 1.7, 1.7],
        [(f"last.gradients.variables.{k}.update_ratio", 1e-8) for k in KERNELS],
    ),
    "a first epoch that halves a large loss": (
        [9.0, 2.5, 2.0],
        [
            ("first.facts.start.loss", 60.0),
            ("first.fit.evaluated", 3.0),
            *regression(),
            *now(activation="linear"),
            *kernels("variables", "norm", 90.0),
        ],
    ),
    "mixed images": (
        [2.2, 2.1, 2.0, 1.9, 1.8, 1.8],
        [
            ("all.logs.accuracy", 0.5),
            ("all.logs.val_accuracy", 0.95),
            ("all.logs.val_loss", 0.3),
        ],
    ),
    "a rare class that is judged by its ranking": (
        [2.2, 2.1, 2.0],
        [
            *facts(majority=0.5, minority=0.01),
            *now(rare=20, rare_classes=3, rare_recall=0.1),
            ("all.logs", {"loss": 2.0, "auc": 0.8}),
        ],
    ),
    "targets that the loss does not use": (
        [2.0, 1.0, 0.5],
        [
            *regression(kind="other", distinct=1, unused=True),
            *now(activation="linear"),
            ("all.logs", {"loss": 1.0}),
        ],
    ),
    "frozen embeddings": (
        None,
        [
            (
                "all.weights",
                {
                    f"{name}": {"norm": 8.0, "trainable": t, "size": 9}
                    for name, t in (
                        ("a/kernel", True),
                        ("b/embeddings", False),
                        ("c/kernel", True),
                        ("d/kernel", True),
                    )
                },
            ),
            (
                "first.initial_weights",
                {"a/kernel": {"norm": 8.0, "unit_spread": 1.0}},
            ),
        ],
    ),
    "unscaled inputs that do no harm": (None, [(f"{ENTRY}.rms", 90.0)]),
    "normalized inputs": (
        [2.31, 2.2, 2.0],
        [(f"{ENTRY}.rms", 90.0), (f"{ENTRY}.normalized", True)],
    ),
    "targets of any unit": (
        [9e8, 5e8, 2e8, 1e8],
        [
            *regression(rms=3e4),
            *now(activation="linear"),
            ("all.fit.constant", 7e8),
            *kernels("variables", "norm", 1e6),
        ],
    ),
    "logits": (
        None,
        facts(logits=True) + now(activation="linear", low=-9.0, high=9.0),
    ),
    "squared error of a sigmoid": (
        None,
        binary(kind="squared") + now(activation="sigmoid"),
    ),
    "distances of pairs": (
        None,
        binary(kind="other", perfect=1.0, constant=0.5, mirrored=0.0)
        + now(activation="sigmoid"),
    ),
    "adapters": (
        None,
        [
            ("all.weights.middle/kernel.trainable", False),
            ("all.weights.middle/kernel.size", 10**6),
        ],
    ),
    "large updates that learn": (
        None,
        kernels("variables", "update_ratio", 0.5),
    ),
    "idle units that do not matter": (
        None,
        [("all.units.sites.relu.dead", 0.6)],
    ),
    "two adversaries": (
        [1.4] * 6,
        [
            ("all.fit.constant", math.nan),
            ("all.fit.evaluated", math.nan),
            ("first.facts.heads", {}),
            ("all.heads", {}),
        ],
    ),
    "validation under a rising rate": (
        None,
        [("tail.logs.val_loss", 9.0), ("last.learning_rate", 1.0)],
    ),
    "cyclic rate": (
        [2.0, 2.4, 2.0, 2.4, 2.0, 2.2],
        [("last.learning_rate", 1.0)],
    ),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_is_silent(name):
    losses, changes = HEALTHY[name]
    records = changed(history(losses=losses), *changes)
    for epochs in range(1, len(records) + 1):
        issues = diagnose(records[:epochs], _rules.RULES)
        assert not issues, [issue.text for issue in issues]


SLOW = [2.31, 2.29, 2.27, 2.25, 2.23, 2.21]
STRICTER = {
    "inputs_large": (STANDS, [], 0.4, "unscaled_inputs"),
    "order": (STANDS, [], 0.5, "unshuffled_data"),
    "norm_batch": (
        None,
        [("first.facts.norms.number", 2)],
        40,
        "batch_too_small_for_batch_norm",
    ),
    "elasticity": (FLAT, [], 1.0, "exploding"),
    "initial_loss": (FLAT, [], 1.0, "bad_initial_loss"),
    "dead_share": (
        FLAT,
        [("all.units.sites.relu.dead", 0.3)],
        0.2,
        "dead_units",
    ),
    "saturated_share": (
        STANDS,
        [("all.units.sites.tanh.saturated", 0.3)],
        0.2,
        "saturated",
    ),
    "update_large": (FLAT, [], 1e-3, "update_too_large"),
    "update_small": (STANDS, [], 1e-2, "update_too_small"),
    "update_slow": (SLOW, [], 1e-2, "slow_learning"),
    "updates": ([2.2, 2.0, 1.8, 1.6], [], 300, "few_updates"),
    "collapse": (None, [], 1.5, "collapsing_weights"),
    "dropout": (STANDS, [], 0.4, "dropout_too_high"),
    "spread": (STANDS, [], 0.5, "constant_output"),
    "oscillation": (
        [2.0, 2.05, 2.0, 2.05, 2.0, 2.05],
        [],
        0.01,
        "oscillating_loss",
    ),
    "plateau_change": (SLOW, [], 0.5, "plateau"),
    "slow_start": (
        STANDS,
        [("all.plan.epochs", 10), ("last.ended", False)],
        0.6,
        "plateau",
    ),
}


@pytest.mark.parametrize("name", STRICTER)
def test_a_threshold_decides(name):
    losses, changes, bound, cause = STRICTER[name]
    records = history(losses=losses)
    if losses is not None:
        changed(records, *AT_CHANCE)
    changed(records, *changes)

    def found(thresholds):
        issues = diagnose(records, _rules.RULES, thresholds)
        return {issue.cause for issue in issues}

    assert cause not in found(Thresholds())
    assert cause in found(Thresholds(**{name: bound}))


def test_a_rising_loss_is_called_so():
    def plateau(losses):
        records = changed(history(losses=losses), *AT_CHANCE)
        return next(_rules.plateau.find(records, Thresholds()))

    finding = plateau([2.4, 2.5, 2.6, 3.6])
    assert "the loss rose by 50.00%, to 3.6" in finding.text
    assert finding.evidence["change"] == pytest.approx(0.5)
    assert finding.remedies[0] == "a lower learning rate"
    assert "a higher learning rate" not in " ".join(finding.remedies)
    assert "fell by 0.00%" in plateau([2.4] * 4).text
