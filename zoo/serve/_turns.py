"""Computes requests in turns: small ones together, long ones in slices."""

import collections
import concurrent.futures
import contextlib
import threading

import numpy as np

from zoo.serve._limits import MAX_ANSWER, SLICE_ENCODED
from zoo.serve._tensors import RequestError


class Job:
    """A request's rows, of which some are computed.

    Args:
        model: The `Model` that computes them, also when a newer one is served.
        signature: The signature's name.
        inputs: {name: array}.
        sizes: The pixels to decode of each row; None where the rows are
            computed as they are sent, all at once.
    """

    def __init__(self, model, signature, inputs, sizes):
        self.model = model
        self.signature = signature
        self.inputs = inputs
        self.sizes = sizes
        self.future = concurrent.futures.Future()
        self.at = 0
        self.parts = []
        self.seconds = 0.0
        self.kind = None  # alike jobs may be computed together
        if sizes is not None:
            shapes = ((k, a.shape[1:]) for k, a in inputs.items())
            self.kind = (model, signature or "serving_default", *shapes)

    def take(self, rows, encoded):
        """Takes up to so many rows, of up to so many pixels.

        Returns:
            {name: array}, and the pixels of those rows.
        """
        start = self.at
        pixels = 0
        while self.at < min(start + rows, len(self.sizes)):
            if pixels + self.sizes[self.at] > encoded:
                break
            pixels += self.sizes[self.at]
            self.at += 1
        rows = {k: a[start : self.at] for k, a in self.inputs.items()}
        return rows, pixels

    def give(self, outputs, seconds):
        """Takes an answer in; the last one completes the future."""
        self.seconds += seconds
        self.parts.append(outputs)
        try:
            self._check_size(outputs)
            if self.sizes is None or self.at == len(self.sizes):
                whole = {name: self._whole(name) for name in outputs}
                self._settle(self.future.set_result, (whole, self.seconds))
        except Exception as error:
            self.fail(error)

    def fail(self, error):
        self._settle(self.future.set_exception, error)

    def _whole(self, name):
        parts = [part[name] for part in self.parts]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _check_size(self, outputs):
        numbers = sum(a.size for a in outputs.values())
        if self.sizes is not None:  # so far only a slice
            done = max(len(a) for a in outputs.values())
            numbers = numbers * len(self.sizes) // max(done, 1)
        if numbers > MAX_ANSWER:
            raise RequestError(
                f"the answer would have {numbers:,} numbers; it may have "
                f"{MAX_ANSWER:,}: send fewer images at once"
            )

    def _settle(self, how, value):
        # Who asked may have left in this moment.
        with contextlib.suppress(concurrent.futures.InvalidStateError):
            how(value)


class Turns:
    """A thread that computes; a model's call takes all cores.

    Each turn takes a slice of the job that waits longest and fills it up with
    rows of alike jobs. What is left of a job waits behind the others, so that
    a long one delays another by a slice, not by its length.

    Args:
        limits: The server's `Limits`.
        observe: Function that is called after each turn, with the rows and
            the seconds.
    """

    def __init__(self, limits, observe=lambda rows, seconds: None):
        self._limits = limits
        self._observe = observe
        self._jobs = collections.deque()
        self._change = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(
            target=self._work, name="inference", daemon=True
        )
        self._thread.start()

    @property
    def waiting(self):
        return len(self._jobs)

    @property
    def alive(self):
        return self._thread.is_alive()

    def put(self, job):
        """Lines a job up; its future gets (outputs, seconds)."""
        with self._change:
            self._jobs.append(job)
            self._change.notify()

    def end(self):
        """Ends the thread, after the turn that it is in."""
        with self._change:
            self._ended = True
            self._change.notify()

    def _work(self):
        while True:
            with self._change:
                self._change.wait_for(lambda: self._jobs or self._ended)
                if self._ended:
                    return
                batch = self._next()
            if batch:  # else all of them have left
                self._compute(batch)
            with self._change:
                self._jobs.extend(job for job, _ in batch if _open(job))

    def _next(self):
        """[(job, its rows)] of one turn; the jobs leave the line."""
        batch = []
        room, encoded = 0, SLICE_ENCODED
        waiting = [job for job in self._jobs if not job.future.done()]
        for job in waiting:
            if job.sizes is None:
                if not batch:
                    return self._leave([(job, job.inputs)], waiting)
                continue
            if not batch:
                room = self._limits.rows(job.model.pixels)
                # However large the first image is, it is taken.
                encoded = max(encoded, job.sizes[job.at])
            elif job.kind != batch[0][0].kind:
                continue
            rows, pixels = job.take(room, encoded)
            taken = len(next(iter(rows.values())))
            if taken:
                batch.append((job, rows))
            room -= taken
            encoded -= pixels
            if not room:
                break
        return self._leave(batch, waiting)

    def _leave(self, batch, waiting):
        taken = {id(job) for job, _ in batch}
        self._jobs = collections.deque(
            job for job in waiting if id(job) not in taken
        )
        return batch

    def _compute(self, batch):
        try:
            outputs, seconds = self._together(batch)
        except Exception as error:
            if len(batch) == 1:
                batch[0][0].fail(error)
                return
            for one in batch:  # so that who is not at fault is answered
                self._compute([one])
            return
        start = 0
        for job, rows in batch:
            stop = start + _length(rows)
            if len(batch) > 1:
                part = {name: a[start:stop] for name, a in outputs.items()}
            else:
                part = outputs
            job.give(part, seconds)
            start = stop

    def _together(self, batch):
        """Computes the rows of all jobs as one batch."""
        (first, inputs), *others = batch
        if others:
            inputs = {
                name: np.concatenate([rows[name] for _, rows in batch])
                for name in inputs
            }
        outputs, seconds = first.model.run(first.signature, inputs)
        count = _length(inputs)
        if others and any(len(a) != count for a in outputs.values()):
            raise ValueError("an output has other rows than the input.")
        self._observe(count, seconds)
        return outputs, seconds


def _open(job):
    return job.sizes is not None and not job.future.done()


def _length(rows):
    return next((len(a) for a in rows.values() if np.ndim(a)), 1)
