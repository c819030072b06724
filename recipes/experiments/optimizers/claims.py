"""What is said of optimizers."""

from zoo.recipes.experiments.optimizers.tell import (
    at_equal_time,
    best,
    sensitivity,
)
from zoo.recipes.lab.claims import Measured, above, claim, versus
from zoo.recipes.lab.rows import NotMeasured

SUTSKEVER = (
    "[Sutskever et al. 2013]"
    "(https://proceedings.mlr.press/v28/sutskever13.html)"
)
KINGMA = "[Kingma and Ba 2014](https://arxiv.org/abs/1412.6980)"


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
adam = claim("Adam learns faster than plain SGD.", KINGMA)(
    _better("Adam", "SGD")
)
amsgrad = claim(
    "AMSGrad is better than Adam.",
    "[Reddi et al. 2018](https://arxiv.org/abs/1904.09237)",
)(_better("AMSGrad", "Adam"))
nadam = claim(
    "Nadam is better than Adam.",
    "[Dozat 2016](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ)",
)(_better("Nadam", "Adam"))
adamw = claim(
    "Decoupled weight decay generalizes better than plain Adam.",
    "[Loshchilov and Hutter 2017](https://arxiv.org/abs/1711.05101)",
)(_better("AdamW", "Adam"))
lion = claim(
    "Lion is better than AdamW.",
    "[Chen et al. 2023](https://arxiv.org/abs/2302.06675)",
)(_better("Lion", "AdamW"))


@claim(
    "Tuned as carefully, adaptive methods are no better than momentum.",
    "[Wilson et al. 2017](https://arxiv.org/abs/1705.08292)",
)
def not_adaptive(rows):
    names = ("momentum", "Adagrad", "RMSprop", "Adam")
    plain, *others = _pick(rows, *names)
    text = ", ".join(
        f"{name} {group.text('test_accuracy', 100)} %"
        for name, group in zip(names, (plain, *others), strict=True)
    )
    return Measured(
        text, not any(above(o, plain, "test_accuracy") for o in others)
    )


@claim("Adam forgives a wrong rate more than SGD does.", KINGMA)
def forgiving(rows):
    sgd, other = (
        sensitivity(rows.where(what="training", optimizer=name))
        for name in ("SGD", "Adam")
    )
    if not sgd.mean("fall"):
        raise NotMeasured("one rate only")
    return versus(
        sgd, other, "fall", "best − mean of all rates: SGD", "Adam", "%", 100
    )


@claim(
    "Adadelta needs no learning rate: 1 is as good as the best.",
    "[Zeiler 2012](https://arxiv.org/abs/1212.5701)",
)
def no_rate(rows):
    (tuned,) = _pick(rows, "Adadelta")
    plain = rows.where(optimizer="Adadelta", multiple=1.0)
    if tuned[0]["rate"] == 1:
        return Measured(
            f"1 is the best, {tuned.text('test_accuracy', 100)} %", True
        )
    return versus(
        tuned, plain, "test_accuracy", f"at {tuned[0]['rate']:g}", "at 1", "%",
        100,
    ).not_()  # fmt: skip


@claim(
    "Lion wants a rate three to ten times smaller than AdamW's.",
    "[Chen et al. 2023](https://arxiv.org/abs/2302.06675)",
)
def lion_rate(rows):
    own, other = (g[0]["rate"] for g in _pick(rows, "Lion", "AdamW"))
    return Measured(
        f"best rates: Lion {own:g}, AdamW {other:g}",
        2.9 <= other / own <= 10.1,
    )


@claim(
    "Muon learns faster than AdamW, by epochs and by time.",
    "[Liu et al. 2025](https://arxiv.org/abs/2502.16982)",
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
    "[Ruder 2016](https://arxiv.org/abs/1609.04747)",
)
def saddle(rows):
    names = ("SGD", "momentum", "RMSprop")
    plain, moving, other = (
        rows.where(what="saddle", optimizer=name) for name in names
    )
    text = ", ".join(
        f"{name} {group.text('steps_left', 1, 1)} steps"
        for name, group in zip(names, (plain, moving, other), strict=True)
    )
    return Measured(
        text,
        above(plain, moving, "steps_left")
        and above(moving, other, "steps_left"),
    )


CLAIMS = [
    momentum, nesterov, adam, amsgrad, nadam, adamw, lion, not_adaptive,
    forgiving, no_rate, lion_rate, muon, saddle,
]  # fmt: skip
