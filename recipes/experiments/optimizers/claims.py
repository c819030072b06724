"""What is said of optimizers."""

import math

from zoo.recipes.experiments.optimizers.tell import (
    at_equal_time,
    best,
    usable,
)
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, together, versus
from zoo.recipes.lab.rows import NotMeasured

SUTSKEVER = (
    "[Sutskever et al. 2013, section 3]"
    "(https://proceedings.mlr.press/v28/sutskever13.html)"
)
KINGMA = "[Kingma and Ba 2014, {}](https://arxiv.org/abs/1412.6980)".format
POINT = 0.01


def _pick(rows, *names):
    chosen = best(rows)
    for name in names:
        if name not in chosen:
            raise NotMeasured(f"no run with {name}")
    return [chosen[name] for name in names]


def _better(one, other):
    def measure(rows):
        better, worse = _pick(rows, one, other)
        losses = " and ".join(
            group.text("fitted_loss", 1, 3) for group in (better, worse)
        )
        return versus(
            better,
            worse,
            "test_accuracy",
            f"each at its best rate: {one}",
            other,
            "%",
            100,
        ).and_(f"training loss {losses}")

    return measure


momentum = claim("Momentum learns faster than plain SGD.", SUTSKEVER)(
    _better("momentum", "SGD")
)
nesterov = claim(
    "Nesterov's momentum is better than the classical one.", SUTSKEVER
)(_better("Nesterov", "momentum"))
adam = claim("Adam learns faster than plain SGD.", KINGMA("section 6"))(
    _better("Adam", "SGD")
)
amsgrad = claim(
    "AMSGrad is better than Adam.",
    "[Reddi et al. 2018, section 5](https://arxiv.org/abs/1904.09237)",
)(_better("AMSGrad", "Adam"))
nadam = claim(
    "Nadam is better than Adam.",
    "[Dozat 2016, abstract](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ)",
)(_better("Nadam", "Adam"))
adamw = claim(
    "Decoupled weight decay generalizes better than plain Adam.",
    "[Loshchilov and Hutter 2017, abstract](https://arxiv.org/abs/1711.05101)",
)(_better("AdamW", "Adam"))
lion = claim(
    "Lion is better than AdamW.",
    "[Chen et al. 2023, abstract](https://arxiv.org/abs/2302.06675)",
)(_better("Lion", "AdamW"))


@claim(
    "Tuned as carefully, adaptive methods are no better than momentum: by "
    "less than a point.",
    "[Wilson et al. 2017, abstract](https://arxiv.org/abs/1705.08292)",
)
def not_adaptive(rows):
    names = ("momentum", "Adagrad", "RMSprop", "Adam")
    plain, *others = _pick(rows, *names)
    return together(
        versus(
            other, plain, "test_accuracy", name, "momentum", "%", 100,
            limits=(-math.inf, POINT),
        )
        for name, other in zip(names[1:], others, strict=True)
    )  # fmt: skip


@claim(
    "Adam forgives a wrong rate more than SGD does: more of five rates come "
    "within 5 points of its best.",
    KINGMA("abstract: little tuning"),
)
def forgiving(rows):
    sgd, other = (
        usable(rows.where(what="training", optimizer=name))
        for name in ("SGD", "Adam")
    )
    return versus(
        other, sgd, "usable", "usable rates of five: Adam", "SGD", digits=1,
        resolution=1,
    )  # fmt: skip


@claim(
    "Adadelta needs no learning rate: 1 is as good as any other (within a "
    "point).",
    "[Zeiler 2012, abstract](https://arxiv.org/abs/1212.5701)",
)
def no_rate(rows):
    group = rows.where(what="training", optimizer="Adadelta")
    others = group.groups("multiple")
    plain = others.pop(1.0, None)
    if not (plain and others):
        raise NotMeasured("one rate only")
    rival = max(others.values(), key=lambda g: g.mean("test_accuracy"))
    return versus(
        plain, rival, "test_accuracy", "at 1", f"at {rival[0]['rate']:g}", "%",
        100, limits=(-POINT, 1.1),
    )  # fmt: skip


@claim(
    "Lion wants a rate three to ten times smaller than AdamW's, seed by seed.",
    "[Chen et al. 2023, section 5](https://arxiv.org/abs/2302.06675)",
)
def lion_rate(rows):
    found = []
    for name in ("Lion", "AdamW"):
        group = rows.where(what="training", optimizer=name)
        found.append(
            {
                seed: max(runs, key=lambda r: r["test_accuracy"] or 0)["rate"]
                for seed, runs in group.groups("seed").items()
            }
        )
    own, other = found
    texts = [", ".join(f"{r:g}" for r in rates.values()) for rates in found]
    flags = (2.9 <= other[seed] / own[seed] <= 10.1 for seed in own)
    return Measured(
        f"best rates: Lion {texts[0]}; AdamW {texts[1]}",
        (evidence.every(flags, "three to ten times", "seeds"),),
    )


@claim(
    "Muon learns faster than AdamW, by epochs and by time.",
    "[Liu et al. 2025, abstract, of language models](https://arxiv.org/abs/2502.16982)",
)
def muon(rows):
    names = ("Muon", "AdamW")
    _pick(rows, *names)
    chosen = at_equal_time(best(rows))
    muon, other = (chosen[name] for name in names)
    return versus(muon, other, "test_accuracy", *names, "%", 100).and_(
        versus(muon, other, "timed", "in equal time", "and", "%", 100)
    )


@claim(
    "Momentum leaves a saddle in fewer steps than SGD, RMSprop in fewer still.",
    "[Ruder 2016, figure 4](https://arxiv.org/abs/1609.04747)",
)
def saddle(rows):
    names = ("SGD", "momentum", "RMSprop")
    plain, moving, other = (
        rows.where(what="saddle", optimizer=name) for name in names
    )
    return versus(
        plain, moving, "steps_left", "SGD", "momentum", "steps", digits=1,
        resolution=1,
    ).and_(
        versus(
            moving, other, "steps_left", "momentum", "RMSprop", "steps",
            digits=1, resolution=1,
        )
    )  # fmt: skip


CLAIMS = [
    momentum, nesterov, adam, amsgrad, nadam, adamw, lion, not_adaptive,
    forgiving, no_rate, lion_rate, muon, saddle,
]  # fmt: skip
