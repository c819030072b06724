"""A model for inference with the normalizers in the kernels."""

import collections
import dataclasses

import keras

from zoo.export import _pending, _sums
from zoo.export._identities import is_augmentation, is_identity


def fold_batch_norm(model: keras.Model) -> keras.Model:
    """A model that computes the same in inference with fewer operations.

    - A batch norm (`keras.layers.BatchNormalization`, `layers.BatchNorm`,
      `BatchRenorm`, `MeanOnlyBatchNorm`) or a `LayerScale` goes into kernel
      and bias of the convolution or dense layer that feeds it alone.
    - `layers.WeightNorm`, `WeightStandardization` and
      `ScaledWeightStandardization` leave the plain layer, with the kernel that
      they computed.
    - Convolutions and batch norms of one tensor and the tensor itself, added up
      as in RepVGG, MobileOne and RepViT, become one convolution.
    - Dropout, noise, stochastic depth, Keras's random augmentation of images
      and linear activations go.

    Models in models are folded too. What would compute something else stays: a
    norm behind an activation, a sum or a concatenation, and so the first norm
    of each block in pre-activation networks (`resnet_v2`, `wide_resnet`,
    `densenet`, `dpn`); the norm inside a layer such as `layers.CBAM`; layer,
    group and instance norms; what is called several times, or with
    `training=True`.

    Args:
        model: A functional or built sequential `keras.Model`, left as it is.

    Returns:
        A new functional `keras.Model`, not compiled and not for training. A
        convolution keeps its name.

    Raises:
        ValueError: The model is of another kind.

    Example:
        >>> import zoo
        >>> model = zoo.mobilenet_v2()
        >>> len(model.layers), len(zoo.fold_batch_norm(model).layers)
        (153, 100)
    """
    if _graph(model) is None:
        raise ValueError(
            "fold_batch_norm takes a functional or built sequential "
            f"keras.Model; received {model!r}."
        )
    return Folding(model).run()


def _graph(model):
    """The model as a functional one; None if it is none."""
    if not isinstance(model, keras.Model):
        return None
    if type(model).call is keras.Sequential.call:
        return model._functional
    functional = type(model).call.__qualname__ == "Functional.call"
    return model if functional else None


class Folding:
    """Walks a graph and builds the new one call by call.

    A linear layer stays a `_pending.Linear` until something takes its output
    that cannot go into it.
    """

    def __init__(self, model):
        self.name = model.name
        self.graph = _graph(model)
        self.nodes = [
            node
            for depth in sorted(self.graph._nodes_by_depth, reverse=True)
            for node in self.graph._nodes_by_depth[depth]
            if not node.is_input
        ]
        self.calls = collections.Counter(id(n.operation) for n in self.nodes)
        self.uses = collections.Counter(map(id, self.graph.outputs))
        for node in self.nodes:
            self.uses.update(map(id, node.input_tensors))
        self.trained = {
            id(n.operation)
            for n in self.nodes
            if not _is_off(n.arguments.kwargs.get("training"))
        }
        self.copies = {}  # of layers, by the old one's id

    def run(self):
        new = {}  # tensors and branches, by the old tensor's id
        for x in self.graph.inputs:
            new[id(x)] = _pending.clone(x._keras_history.operation).output
        for node in self.nodes:
            args, kwargs = node.arguments.fill_in(new)
            result = None
            off = all(map(_is_off, kwargs.values()))
            if len(args) == 1 and (off or is_augmentation(node.operation)):
                result = self.shortcut(node, args[0])
            if result is None:
                args, kwargs = keras.tree.map_structure(_built, (args, kwargs))
                result = self.call(node.operation, args, kwargs)
            results = keras.tree.flatten(result)
            for x, y in zip(node.outputs, results, strict=True):
                new[id(x)] = y if self.uses[id(x)] == 1 else _built(y)
        inputs, outputs = keras.tree.map_structure(
            lambda x: _built(new[id(x)]), (self.graph.input, self.graph.output)
        )
        return keras.Model(inputs, outputs, name=self.name)

    def shortcut(self, node, x):
        """What stands for a layer's call for now, or for good; or None."""
        layer = node.operation
        once = self.calls[id(layer)] == 1
        branch = _pending.Linear.of(layer, x)
        if branch is not None and branch.is_linear and once:
            return dataclasses.replace(branch, x=_built(x))
        if len({t.dtype for t in (*node.input_tensors, *node.outputs)}) > 1:
            return None  # it casts, too
        if is_identity(layer):
            return x
        if type(layer) is keras.layers.Add:
            return _sums.merged(x)
        norm = _pending.Norm.of(layer, x)
        if norm is None:
            return None
        if isinstance(x, _pending.Linear):
            rank = len(node.outputs[0].shape)
            if (norm.axis - x.axis) % rank == 0:
                folded = x.scaled(norm)
                if folded is not None:
                    return folded
        return dataclasses.replace(norm, x=_built(x)) if once else None

    def call(self, layer, args, kwargs):
        """The call of the layer's copy."""
        new = self.copies.get(id(layer))
        if new is not None:
            return new(*args, **kwargs)
        own = not isinstance(layer, keras.layers.Layer)  # keras.ops
        if own or isinstance(layer, keras.layers.Lambda):
            return layer(*args, **kwargs)
        if _graph(layer) is not None and id(layer) not in self.trained:
            new = self.copies[id(layer)] = Folding(layer).run()
            return new(*args, **kwargs)
        branch = None
        if type(layer) in _pending.WRAPPERS:
            branch = _pending.Linear.of(layer, args[0])
        new = branch.new_layer() if branch else _pending.clone(layer)
        self.copies[id(layer)] = new
        outputs = new(*args, **kwargs)
        if branch:
            branch.copy_weights(new)
        else:
            _pending.copy_weights(layer, new)
        return outputs


def _built(x):
    """The tensor of a branch that is not to change any more."""
    return x.build() if isinstance(x, _pending.Linear | _pending.Norm) else x


def _is_off(value):
    return value is None or value is False
