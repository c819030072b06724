"""Deep Q-learning with networks of NumPy arrays."""

import copy

import numpy as np

from zoo.recipes.experiments.cartpole.pole import Pole
from zoo.recipes.lab.by_hand import (
    Act,
    Adam,
    Dense,
    Normalize,
    WeightNormDense,
    backward,
    forward,
)

UNITS, RATE, DISCOUNT, BATCH = 64, 0.001, 0.99, 32
MEMORY, BEGIN, SYNC, EXPLORE, LOOK = 10_000, 200, 200, 3000, 1000
SCALE = np.array([2.4, 3.0, 0.21, 3.0])  # of a state's numbers


def network(norm, random):
    """Q of both actions, by a state."""
    net, width = [], 4
    for _ in range(2):
        weights = random.normal(size=(width, UNITS)) * (2 / width) ** 0.5
        if norm == "weight":
            net.append(WeightNormDense(weights))
        else:
            net.append(Dense(weights))
        if norm in ("batch", "layer"):
            net.append(Normalize(UNITS, axis=int(norm == "layer")))
        net.append(Act("relu"))
        width = UNITS
    last = random.normal(size=(width, 2)) * width**-0.5
    return [*net, Dense(last)]


def run(setting):
    random = np.random.default_rng([setting["seed"], 4])
    net = network(setting["norm"], random)
    target, optimizer = copy.deepcopy(net), Adam(net, RATE)
    pole, looks = Pole(random), []
    memory = {
        "state": np.zeros((MEMORY, 4)),
        "next": np.zeros((MEMORY, 4)),
        "action": np.zeros(MEMORY, int),
        "fell": np.zeros(MEMORY),
    }
    state, ends, misses = pole.reset() / SCALE, [], []
    for step in range(setting["steps"]):
        chance = max(0.05, 1 - 0.95 * step / EXPLORE)
        if random.random() < chance:
            action = int(random.integers(2))
        else:
            action = int(forward(net, state[None], False).argmax())
        new, fell, over = pole.step(action)
        at = step % MEMORY
        for name, value in (
            ("state", state), ("next", new / SCALE), ("action", action),
            ("fell", fell),
        ):  # fmt: skip
            memory[name][at] = value
        state = new / SCALE
        if over:
            ends.append(pole.steps)
            state = pole.reset() / SCALE
        if step >= BEGIN:
            some = random.integers(0, min(step + 1, MEMORY), BATCH)
            misses.append(learn(net, target, optimizer, memory, some))
        if step % SYNC == 0:
            target = copy.deepcopy(net)
        if (step + 1) % LOOK == 0 or step + 1 == setting["steps"]:
            looks.append(greedy(net, setting["seed"]))
    return {
        "return_curve": looks,
        "return_mean": np.mean(looks),
        "return_last": looks[-1],
        "return_lowest": min(looks[len(looks) // 2 :]),
        "episodes": len(ends),
        "miss": np.mean(misses[-1000:]) if misses else None,
    }


def learn(net, target, optimizer, memory, some):
    """A step towards r + γ max Q′(s′); gives the mean miss."""
    after = forward(target, memory["next"][some], False).max(axis=1)
    wanted = 1 + DISCOUNT * after * (1 - memory["fell"][some])
    values = forward(net, memory["state"][some], True)
    at = np.arange(BATCH), memory["action"][some]
    miss = values[at] - wanted
    error = np.zeros_like(values)
    error[at] = np.clip(miss, -1, 1) / BATCH  # Huber's loss
    backward(net, error)
    optimizer.step()
    return float(np.abs(miss).mean())


def greedy(net, seed, episodes=10):
    """Mean length of episodes without exploration, from kept starts."""
    random = np.random.default_rng([seed, 5])
    poles = [Pole(random) for _ in range(episodes)]
    lengths, states = {}, {i: p.state / SCALE for i, p in enumerate(poles)}
    while states:
        chosen = forward(net, np.array(list(states.values())), False)
        for i, action in zip(list(states), chosen.argmax(axis=1), strict=True):
            new, _, over = poles[i].step(int(action))
            states[i] = new / SCALE
            if over:
                lengths[i] = poles[i].steps
                del states[i]
    return float(np.mean(list(lengths.values())))
