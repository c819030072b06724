"""(Goes as soon as recipes/lab uses `config` and `speed`.)"""

import dataclasses

from absl import flags

from zoo.training import config, speed
from zoo.training.speed import cores  # noqa: F401

started = None

for field in dataclasses.fields(config.SpeedOptions):
    text = field.metadata["text"]
    if field.name == "threads":
        flags.DEFINE_integer("threads", 0, text, 0)
    else:
        flags.DEFINE_enum(field.name, "auto", config.SWITCH, text)


def start(**options):
    global started
    started = speed.start(**options)
    return started
