"""Where others keep the tensors of zoo.xception."""

from zoo.checkpoints.families._rules import rules


def _rep(rest, offset=0):
    """Names by the separable convolution's place among a block's layers."""

    def name(b, i):
        return f"block{b}.rep.{3 * (i - 1) + (b > 1) + offset}{rest}"

    return name


timm = rules(
    ("stem_conv{i}", "conv{i}"),
    ("stem_norm{i}", "bn{i}"),
    ("block{b}_proj_conv", "block{b}.skip"),
    ("block{b}_proj_norm", "block{b}.skipbn"),
    ("block{b}_separable{i}_depth_conv", _rep(".conv1")),
    ("block{b}_separable{i}_conv", _rep(".pointwise")),
    ("block{b}_separable{i}_norm", _rep("", 1)),
    ("last_separable{i}_depth_conv", "conv{i+2}.conv1"),
    ("last_separable{i}_conv", "conv{i+2}.pointwise"),
    ("last_separable{i}_norm", "bn{i+2}"),
    ("logits", "fc"),
)

PROJECTIONS = (1, 2, 3, 12)  # Keras numbers what it gives no name, from 1


def _projections():
    for number, block in enumerate(PROJECTIONS, 1):
        yield f"block{block}_proj_conv", f"conv2d_{number}"
        yield f"block{block}_proj_norm", f"batch_normalization_{number}"


def _depth(prefix):
    return {"kernel": f"{prefix}/depthwise_kernel"}


def _point(prefix):
    return {"kernel": f"{prefix}/pointwise_kernel"}


keras = rules(
    ("stem_conv{i}", "block1_conv{i}"),
    ("stem_norm{i}", "block1_conv{i}_bn"),
    *_projections(),
    ("block{b}_separable{i}_depth_conv", _depth("block{b+1}_sepconv{i}")),
    ("block{b}_separable{i}_conv", _point("block{b+1}_sepconv{i}")),
    ("block{b}_separable{i}_norm", "block{b+1}_sepconv{i}_bn"),
    ("last_separable{i}_depth_conv", _depth("block14_sepconv{i}")),
    ("last_separable{i}_conv", _point("block14_sepconv{i}")),
    ("last_separable{i}_norm", "block14_sepconv{i}_bn"),
    ("logits", "predictions"),
)


def epsilon(model, source):
    """timm's epsilon of batch norm is PyTorch's."""
    return 1e-5 if source == "timm" else None
