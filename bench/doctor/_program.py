"""What a program is, and the catalogue of them."""

import collections.abc
import dataclasses
import hashlib
from typing import Any

# What TrainingDoctor may say: docs/callbacks.md defines each.
CAUSES = (
    "loss_activation_mismatch",
    "output_width",
    "unscaled_inputs",
    "unscaled_targets",
    "constant_inputs",
    "nonfinite_inputs",
    "class_imbalance",
    "suspicious_labels",
    "unshuffled_data",
    "missing_activation",
    "symmetric_units",
    "bad_initial_loss",
    "nothing_trainable",
    "dropout_too_high",
    "batch_too_small_for_batch_norm",
    "train_eval_mismatch",
    "worse_than_constant",
    "constant_output",
    "loss_without_metric",
    "oscillating_loss",
    "slow_learning",
    "few_updates",
    "nonfinite",
    "exploding",
    "collapsing_weights",
    "dead_units",
    "saturated",
    "update_too_large",
    "vanishing",
    "update_too_small",
    "not_learning",
    "overfitting",
    "over_regularized",
    "plateau",
)
PARTS = ("develop", "report")


@dataclasses.dataclass
class Training:
    """A compiled model, what `fit` is given, and how good it is afterwards.

    Attributes:
        model: Compiled Keras model.
        fit: Arguments of `model.fit`: `x`, `y`, `epochs`, ….
        score: Function of the model: higher is better, on held-out data whose
            labels are right.
        sample: (x, y): some of the training data, as arrays.
    """

    model: Any
    fit: dict[str, Any]
    score: collections.abc.Callable[[Any], float]
    sample: tuple


@dataclasses.dataclass(frozen=True)
class Program:
    """A training program that is healthy, or faulty in a known way.

    Attributes:
        name: Unique; the part that it belongs to follows from it.
        source: Where it is described.
        build: Function that gives a new `Training`.
        causes: What may be said of it, the fault itself first; empty for a
            healthy one.
        quality: The least score of a healthy one.
        twin: Name of the healthy program in which the fault is mended.
        margin: How much lower than its twin's a faulty one's score is.
    """

    name: str
    source: str
    build: collections.abc.Callable[[], Training]
    causes: tuple[str, ...] = ()
    quality: float | None = None
    twin: str | None = None
    margin: float = 0.03

    @property
    def kind(self) -> str:
        return self.causes[0] if self.causes else "healthy"

    @property
    def part(self) -> str:
        digest = hashlib.sha256(self.name.encode()).digest()
        return PARTS[digest[0] % 2]


CATALOGUE: dict[str, Program] = {}


def add(program: Program):
    if program.name in CATALOGUE:
        raise ValueError(f"Two programs are called {program.name!r}.")
    unknown = set(program.causes) - set(CAUSES)
    if unknown:
        raise ValueError(f"{program.name}: unknown causes {sorted(unknown)}.")
    CATALOGUE[program.name] = program


def healthy(name, base, source, quality, **changes):
    """Adds a healthy program: a base or a function, with changes."""
    add(Program(name, source, _build(base, changes), quality=quality))


def faulty(name, base, causes, source, *, twin=None, margin=0.03, **changes):
    """Adds a faulty one; its twin is the base, where no other is named."""
    causes = (causes,) if isinstance(causes, str) else tuple(causes)
    twin = twin or base
    build = _build(base, changes)
    add(Program(name, source, build, causes, None, twin, margin))


def _build(base, changes):
    if callable(base):
        return lambda: base(**changes)

    def build():
        from bench.doctor._bases import train

        return train(base, **changes)

    return build
