"""Killed, stopped and doubled trainings."""

import random
import shutil
import signal
import time

from _run_children import (
    CHAINS,
    COMMON,
    EPOCHS,
    Training,
    difference,
    fault_of_end,
    train,
)

KILLS = 30


def kills(folder, width):
    """`kill -9` at random moments, the start and the export included."""
    return _ended(folder, round(KILLS * width), signal.SIGKILL, (-9, 0))


def stops(folder, width):
    """SIGTERM at random moments: status 143, one line."""
    return _ended(folder, round(10 * width), signal.SIGTERM, (143, 0))


def _ended(folder, tries, number, wanted):
    """Yields a fault or None for each signal, chain after chain."""
    chance = random.Random(int(number))
    chains = list(CHAINS)
    sent = 0
    while sent < tries:
        name = chains[sent * len(chains) // max(tries, len(chains))]
        words, reference, seconds = undisturbed(folder, name)
        run = folder / f"ended{number}-{sent}"
        begin = (*words, f"--workdir={run}")
        again = ()
        faults = []
        for _ in range(max(1, tries // len(chains) + 1)):
            training = Training((*begin, *again), folder / "log")
            status = training.signal_after(chance.uniform(0.3, seconds), number)
            told = training.told()
            begun = (run / "config.json").exists()
            again = ("--resume",) if begun else ()
            if begun:
                begin = (f"--workdir={run}",)
            if status == 0:  # it was ready before
                break
            sent += 1
            faults.append(fault_of_end(status, told, wanted))
            last = told.strip().splitlines()[-1:] or [""]
            if number == signal.SIGTERM and "stopped" not in last[0]:
                faults[-1] = faults[-1] or f"does not say so: {last[0]}"
        status, told = train((*begin, *again), folder / "log")
        fault = fault_of_end(status, told) or difference(reference, run)
        yield from faults[:-1]
        yield fault or (faults or [None])[-1]
        shutil.rmtree(run, ignore_errors=True)
        if not faults:
            sent += 1  # it was quicker than the signal


def replaced(folder, width):
    """`kill -9` within --overwrite, which is then asked for again."""
    chance = random.Random(5)
    words, reference, _ = undisturbed(folder, next(iter(CHAINS)))
    for number in range(round(8 * width)):
        run = folder / f"replaced{number}"
        shutil.copytree(reference, run)
        (run / "notes.txt").write_text("mine")
        again = (*words, f"--workdir={run}", "--overwrite")
        training = Training(again, folder / "log")
        while training.told().count("run directory") == 0:
            if (run / "metrics.csv").exists() is False:
                break
            time.sleep(0.002)
        training.signal_after(chance.uniform(0, 0.3))
        status, told = train(again, folder / "log")
        fault = fault_of_end(status, told) or difference(reference, run)
        if (run / "notes.txt").read_text() != "mine":
            fault = "a file of the user's is lost"
        yield fault
        shutil.rmtree(run)


def two(folder, width):
    """A second training in the directory of one that goes on."""
    words, reference, _ = undisturbed(folder, next(iter(CHAINS)))
    for number in range(round(6 * width)):
        run = folder / f"two{number}"
        first = Training((*words, f"--workdir={run}"), folder / "first")
        while not (run / "config.json").exists():
            time.sleep(0.01)
        options = (words, (*words, "--overwrite"), ("--resume",))[number % 3]
        status, told = train((*options, f"--workdir={run}"), folder / "log")
        fault = fault_of_end(status, told, (2,))
        if f"being written by process {first.process}" not in told:
            fault = fault or f"does not name it: {told[-200:]}"
        status = first.wait()
        fault = fault or fault_of_end(status, first.told())
        yield fault or difference(reference, run)
        shutil.rmtree(run)


_undisturbed = {}


def undisturbed(folder, chain):
    """(options, run directory, seconds) of a chain that nothing disturbs."""
    if chain not in _undisturbed:
        words = (*COMMON, *CHAINS[chain], f"--epochs={EPOCHS}", "--seed=3")
        run = folder / f"undisturbed{len(_undisturbed)}"
        begun = time.monotonic()
        status, told = train((*words, f"--workdir={run}"), folder / "log")
        if status:
            raise RuntimeError(told)
        _undisturbed[chain] = words, run, time.monotonic() - begun
    return _undisturbed[chain]


ATTACKS = {
    "kill −9 at random moments, then `--resume`": kills,
    "SIGTERM at random moments, then `--resume`": stops,
    "kill −9 within `--overwrite`, then the same again": replaced,
    "a second training in the directory": two,
}
