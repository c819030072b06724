"""The calls of a functional model in order, those of models in it among them.

Nothing is rebuilt: `Graph.run` makes the calls again with the same layers, from
any tensor to any other, and so finds feature maps in nested models, too.
"""

import dataclasses
from typing import Any

import keras

from zoo._choices import did_you_mean
from zoo.explain import _squashing
from zoo.export._identities import is_augmentation, is_identity

PASSING = ("Cast", "Flatten", "Reshape", "StopGradient")


@dataclasses.dataclass
class Step:
    """One call of a layer or an operation.

    Attributes:
        name: Names of the models around the layer, and its own, with "/".
        node: Keras's record of the call.
        keys: {id of a tensor that the call takes: its key}.
        outputs: Keys of the results.
        shape: Shape of the first result.
    """

    name: str
    node: Any
    keys: dict
    outputs: list
    shape: tuple

    @property
    def operation(self):
        return self.node.operation

    @property
    def parents(self):
        return list(dict.fromkeys(self.keys.values()))


def functional(model):
    """The model as a functional one; None if it is none."""
    if isinstance(model, keras.Sequential):
        plain = type(model).call is keras.Sequential.call
        return model._functional if plain else None
    if not isinstance(model, keras.Model):
        return None
    plain = type(model).call.__qualname__ == "Functional.call"
    return model if plain else None


class Graph:
    """The calls between a model's image and its main output.

    Attributes:
        steps: The `Step`s, in order.
        image: Key of the image.
        output: Key of the logits or probabilities.
        squasher: The step that makes probabilities of logits, or None.
        start: Key of the first image that a gradient reaches: behind layers
            that resize or crop, and round.
    """

    def __init__(self, model, target):
        graph = functional(model)
        self.shapes, self.steps, self.maker = {}, [], {}
        (image,) = graph.inputs
        self.image = self._key("", image)
        keys = {id(image): self.image}
        self._flatten(graph, "", keys)
        self.output = keys[id(target)]
        self.steps = self._needed([self.output], {self.image})
        self.maker = {k: i for i, s in enumerate(self.steps) for k in s.outputs}
        self.squasher = self._squasher()
        self.start = self._start()

    def run(self, values, *targets):
        """The values of other tensors.

        Args:
            values: {key: value}; what leads to them is not computed.
            targets: Keys of what is asked for.
        """
        values = dict(values)
        for step in self._needed(targets, values.keys()):
            inputs = {i: values[key] for i, key in step.keys.items()}
            args, kwargs = step.node.arguments.fill_in(inputs)
            results = keras.tree.flatten(self._call(step, args, kwargs))
            values.update(zip(step.outputs, results, strict=True))
        return [values[key] for key in targets]

    def find(self, layer):
        """The key of a layer's last result, a map.

        Args:
            layer: A layer, its name, or names of models around it and its own
                with "/" between them.

        Raises:
            ValueError: There is none, or its result is no map.
        """
        found = [
            step
            for step in self.steps
            if layer is step.operation
            or step.name == layer
            or step.operation.name == layer
            or (isinstance(layer, str) and f"/{layer}/" in f"/{step.name}")
        ]
        if not found:
            names = [step.operation.name for step in self.steps]
            name = getattr(layer, "name", layer)
            hint = did_you_mean(name, names)
            raise ValueError(
                f"layer={name!r} is no layer on the way to the model's output."
                f"{hint}"
            )
        step = found[-1]
        if not is_map(step.shape):
            raise ValueError(
                f"layer={step.name!r} gives no map: its output has the shape "
                f"{step.shape}. A map is (N, H, W, C) with several places."
            )
        return step.outputs[0]

    def last_map(self, classes):
        """The key of the last map before the pooling, or None.

        The maps that a classifying convolution gives, one for a class, count
        as logits already.
        """
        found = self._passed_by_all()
        if found is None:
            return None
        step = self.steps[self.maker[found]]
        classifier = self._classifier(step, classes)
        step = self._before(classifier) if classifier else step
        while step and _only_passes(step.operation):
            step = self._before(step)
        return step.outputs[0] if step else None

    def _passed_by_all(self):
        """The last map through which everything passes; else the last, or None.

        The latest of the tensors that are still needed gives way to what it is
        made of, until one map alone is left.
        """
        needed, last = {self.output}, None
        while needed != {self.image}:
            key = max(needed - {self.image}, key=self.maker.__getitem__)
            if is_map(self.shapes[key]):
                if len(needed) == 1:
                    return key
                last = last or key
            needed = needed - {key} | set(self.steps[self.maker[key]].parents)
        return last

    def _classifier(self, step, classes):
        """The convolution whose maps are averaged to the logits, or None."""
        last = self.steps[-1]
        while last and not getattr(last.operation, "weights", None):
            last = self._before(last)
        is_classifier = (
            last is not None
            and is_map(last.shape)
            and last.shape[-1] == classes
            and self.steps.index(last) <= self.steps.index(step)
        )
        return last if is_classifier else None

    def _before(self, step):
        """The step that made the only input of one; None if it is the image."""
        parents = step.parents
        if len(parents) != 1 or parents[0] not in self.maker:
            return None
        return self.steps[self.maker[parents[0]]]

    def _call(self, step, args, kwargs):
        operation = step.operation
        if is_augmentation(operation):
            return args[0]
        if "training" in getattr(operation, "_call_context_args", ()) or (
            getattr(operation, "_call_has_training_arg", False)
        ):
            kwargs["training"] = False
        if step is self.squasher:
            return _squashing.without(operation, args, kwargs)
        return operation(*args, **kwargs)

    def _flatten(self, graph, path, keys):
        """Appends the graph's calls; adds the keys of its tensors to `keys`."""
        for depth in sorted(graph._nodes_by_depth, reverse=True):
            for node in graph._nodes_by_depth[depth]:
                if node.is_input:
                    continue
                operation = node.operation
                name = f"{path}{operation.name}"
                inner = functional(operation)
                given = node.input_tensors
                if inner is not None and len(inner.inputs) == len(given):
                    inside = {
                        id(x): keys[id(y)]
                        for x, y in zip(inner.inputs, given, strict=True)
                    }
                    self._flatten(inner, f"{name}/", inside)
                    for x, y in zip(node.outputs, inner.outputs, strict=True):
                        keys[id(x)] = inside[id(y)]
                    continue
                for x in node.outputs:
                    keys[id(x)] = self._key(name, x)
                taken = {id(x): keys[id(x)] for x in given}
                made = [keys[id(x)] for x in node.outputs]
                shape = tuple(node.outputs[0].shape)
                self.maker.update(dict.fromkeys(made, len(self.steps)))
                self.steps.append(Step(name, node, taken, made, shape))

    def _key(self, name, tensor):
        """A new key: a model called twice has its tensors once."""
        key = (name, len(self.shapes))
        self.shapes[key] = tuple(tensor.shape)
        return key

    def _needed(self, targets, known):
        needed, stack = set(), list(targets)
        while stack:
            key = stack.pop()
            if key not in known and self.maker[key] not in needed:
                needed.add(self.maker[key])
                stack += self.steps[self.maker[key]].parents
        return [self.steps[i] for i in sorted(needed)]

    def _squasher(self):
        step = self.steps[-1] if self.steps else None
        while step is not None:
            operation = step.operation
            if _squashing.squashes(operation):
                return step
            if not _is_idle(operation):
                return None
            step = self._before(step)
        return None

    def _start(self):
        start = key = self.image
        takers = {}
        for step in self.steps:
            for parent in step.parents:
                takers.setdefault(parent, []).append(step)
        while len(takers.get(key, ())) == 1:
            (step,) = takers[key]
            operation = step.operation
            network = getattr(operation, "weights", []) and not isinstance(
                operation, keras.layers.Normalization
            )
            if network or len(step.parents) > 1 or not is_map(step.shape):
                break
            (made,) = step.outputs
            kind = type(operation).__name__
            if (
                self.shapes[key][1:3] != step.shape[1:3]
                and "Pool" not in kind
                and not kind.startswith("ZeroPad")
            ):
                start = made
            key = made
        return start


def is_map(shape):
    """Whether a tensor of that shape has several places."""
    return len(shape) == 4 and tuple(shape[1:3]) != (1, 1)


def _only_passes(operation):
    """Whether it makes a map smaller, or does nothing."""
    return "Pool" in type(operation).__name__ or _is_idle(operation)


def _is_idle(operation):
    return type(operation).__name__ in PASSING or is_identity(operation)
