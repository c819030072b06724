"""Trains networks on images, from Python as from the command line.

    from zoo import training

    config = training.TrainConfig(model="resnet20", dataset="photos")
    trained = training.train(config)

`train` writes a run directory and returns the model; `resume` continues a run
that was stopped. Of what they are made: `sources` and `layouts` (which images
are meant), `reading` and `prepared` (what is stored), `data` (batches),
`defaults`, `pretrained`, `phases` (what is trained when), `models`, `losses`,
`optimizers`, `loop` (compile and fit), `selection`, `evaluation`,
`run_directory`, `report`, `speed`, `config` and `flags` (options).

Nothing here defines a command-line flag at import, and TensorFlow is imported
when a training starts.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
