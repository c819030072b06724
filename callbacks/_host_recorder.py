"""Norms of gradients on JAX and PyTorch, added up outside of the step."""

import keras
import numpy as np

from zoo.callbacks import _tap
from zoo.callbacks._host_step import step_of
from zoo.callbacks._recorder import Recorder, norms_of, rows
from zoo.callbacks._table import BLOCK, NEVER, joined, statistics_of


class HostTable:
    """What a `Table` is: rows of numbers, here kept until a block is full.

    Nothing waits for the device before that.
    """

    def __init__(self, names, every, expand=None):
        self.names, self.every = names, every
        _, self.expand = expand or (len(names), lambda numbers: numbers)
        self.reset()

    def reset(self):
        self.step = self.first = 0
        self._block = []
        self._totals = np.zeros((5, len(self.names)))
        self._totals[4] = NEVER

    def add(self, numbers):
        """The numbers of a step; those that are not due are left out."""
        if self.step % self.every == 0:
            self._block.append(numbers)
            if len(self._block) == BLOCK:
                self._add_up()
        self.step += 1

    def _add_up(self):
        block = [keras.ops.convert_to_numpy(row) for row in self._block]
        if block:
            statistics = statistics_of(
                np.stack(block), self.first, self.every, self.expand
            )
            self._totals = joined(self._totals, statistics)
            self.first += len(block)
        self._block = []

    def read(self):
        self._add_up()
        yield from zip(self.names, self._totals.T.tolist(), strict=True)


class HostRecorder(Recorder):
    """The `Recorder` of JAX and PyTorch, with the same arguments."""

    def adopt(self, state):
        """There is nothing that a traced step writes to."""

    def attach(self, model, fit):
        """Records the steps of a `fit` that begins."""
        self.state = {}, {}
        self.known = None
        # Under gradient accumulation, only some steps update.
        inner = _tap.inner(model.optimizer)
        self._accumulated = (
            getattr(inner, "gradient_accumulation_steps", 0) or 1
        )
        self._step = int(keras.ops.convert_to_numpy(inner._iterations))
        step_of(model, self).attach(model, self, fit)

    def detach(self, model):
        step_of(model).detach(model, self)

    def hear(self, step, passed, data):
        """Takes what passed in a step: `{kind: numbers}`."""
        norms, updates = self.state
        names, numbers = passed.get(
            "clipped" if self.after_clipping else "gradients", ((), None)
        )
        if names:
            if names not in norms:
                expand = norms_of(list(names))
                norms[names] = HostTable(rows(names), self.every, expand)
            norms[names].add(numbers)
        self._step += 1
        if self._step % self._accumulated:
            return
        kernels, ratios = passed.get("updates", ((), None))
        if kernels and self.update_every:
            if kernels not in updates:
                updates[kernels] = HostTable(list(kernels), self.update_every)
            updates[kernels].add(ratios)
