"""The operation in Keras's GELU that tf2onnx lacks."""


def teach():
    """Lets tf2onnx convert the operation Erfc, as 1 − Erf."""
    import numpy as np
    from tf2onnx import utils  # pyright: ignore[reportMissingImports]
    from tf2onnx.handler import tf_op  # pyright: ignore[reportMissingImports]

    @tf_op("Erfc")
    class _Erfc:
        @classmethod
        def version_9(cls, graph, node, **kwargs):
            shapes, dtypes = node.output_shapes, node.output_dtypes
            graph.remove_node(node.name)
            erf = graph.make_node("Erf", node.input)
            one = graph.make_const(
                utils.make_name("one"), np.array(1, np.float32)
            )
            graph.make_node(
                "Sub",
                [one.output[0], erf.output[0]],
                name=node.name,
                outputs=node.output,
                shapes=shapes,
                dtypes=dtypes,
            )
