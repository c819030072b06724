"""Keeps apart, in a SavedModel, what TensorFlow would merge wrongly.

Layers of this package build no such pattern, those of others do:
`layers/_tf_patterns.py` names them.
"""

from zoo.layers import _tf_patterns

FILE = "saved_model.pb"


def add(path):
    """Adds fences to the graph and the functions of a SavedModel.

    Args:
        path: The SavedModel's directory.

    Raises:
        RuntimeError: Something is left that TensorFlow would merge wrongly.
    """
    from tensorflow.python.saved_model import fingerprinting_utils

    saved = _read(path)
    fenced = [_fence(*graph) for graph in _graphs(saved)]
    if not any(fenced):
        return
    (path / FILE).write_bytes(saved.SerializeToString())
    fingerprinting_utils.write_fingerprint(str(path))
    left = {}
    for nodes, returned, _ in _graphs(_read(path)):
        left |= _tf_patterns.to_fence(nodes, returned.values())
    if left:
        raise RuntimeError(
            "TensorFlow with oneDNN would compute something else than the "
            f"model after {', '.join(sorted(left))}; nothing was written."
        )


def _read(path):
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString((path / FILE).read_bytes())
    return saved


def _graphs(saved):
    """(nodes, what it returns, whether it is a function) of each graph."""
    for meta in saved.meta_graphs:
        yield meta.graph_def.node, {}, False
        for function in meta.graph_def.library.function:
            yield function.node_def, function.ret, True


def _fence(nodes, returned, is_function):
    """Adds the fences that a graph needs; tells whether there are any."""
    names = {node.name for node in nodes}
    names |= {x.split(":")[0] for node in nodes for x in node.input}
    fences, new = {}, []
    tensors = _tf_patterns.to_fence(nodes, returned.values())
    for tensor, dtype in tensors.items():
        name = _free(tensor.split(":")[0] + "_fence", names)
        new += _nodes(name, tensor, dtype, is_function)
        fences[tensor] = f"{name}:output:0" if is_function else name
    for node in nodes:
        if node.op != _tf_patterns.FENCE[0]:
            node.input[:] = [fences.get(x, x) for x in node.input]
    for output, tensor in list(returned.items()):
        returned[output] = fences.get(tensor, tensor)
    nodes.extend(new)
    return bool(new)


def _nodes(name, tensor, dtype, is_function):
    from tensorflow import make_tensor_proto
    from tensorflow.core.framework import node_def_pb2, types_pb2

    output = ":output:0" if is_function else ""
    axis = node_def_pb2.NodeDef(name=f"{name}_axis", op="Const")
    axis.attr["value"].tensor.CopyFrom(make_tensor_proto(0, "int32"))
    axis.attr["dtype"].type = types_pb2.DT_INT32
    wider = node_def_pb2.NodeDef(
        name=f"{name}_wider",
        op="ExpandDims",
        input=[tensor, axis.name + output],
    )
    wider.attr["T"].type = dtype
    wider.attr["Tdim"].type = types_pb2.DT_INT32
    fence = node_def_pb2.NodeDef(
        name=name, op="Squeeze", input=[wider.name + output]
    )
    fence.attr["T"].type = dtype
    fence.attr["squeeze_dims"].list.i.append(0)
    return axis, wider, fence


def _free(name, names):
    """`name`, longer if it or a name that begins with it is taken."""
    while any(taken.startswith(name) for taken in names):
        name += "_"
    names.add(name)
    return name
