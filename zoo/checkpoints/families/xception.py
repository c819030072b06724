"""Where others keep the tensors of zoo.xception."""

from zoo.checkpoints.families._rules import rules


def _rep(block, i):
    """The separable convolution's place among a block's layers."""
    return 3 * (i - 1) + (block > 1)


timm = rules(
    (r"stem_conv(\d)", lambda i: f"conv{i}"),
    (r"stem_norm(\d)", lambda i: f"bn{i}"),
    (r"block(\d+)_proj_conv", lambda block: f"block{block}.skip"),
    (r"block(\d+)_proj_norm", lambda block: f"block{block}.skipbn"),
    (
        r"block(\d+)_separable(\d)_depth_conv",
        lambda block, i: f"block{block}.rep.{_rep(block, i)}.conv1",
    ),
    (
        r"block(\d+)_separable(\d)_conv",
        lambda block, i: f"block{block}.rep.{_rep(block, i)}.pointwise",
    ),
    (
        r"block(\d+)_separable(\d)_norm",
        lambda block, i: f"block{block}.rep.{_rep(block, i) + 1}",
    ),
    (r"last_separable(\d)_depth_conv", lambda i: f"conv{i + 2}.conv1"),
    (r"last_separable(\d)_conv", lambda i: f"conv{i + 2}.pointwise"),
    (r"last_separable(\d)_norm", lambda i: f"bn{i + 2}"),
    ("logits", "fc"),
)

PROJECTIONS = (1, 2, 3, 12)  # Keras numbers what it gives no name, from 1


def _depth(block, i):
    return {"kernel": f"block{block}_sepconv{i}/depthwise_kernel"}


def _point(block, i):
    return {"kernel": f"block{block}_sepconv{i}/pointwise_kernel"}


keras = rules(
    (r"stem_conv(\d)", lambda i: f"block1_conv{i}"),
    (r"stem_norm(\d)", lambda i: f"block1_conv{i}_bn"),
    (
        r"block(1|2|3|12)_proj_conv",
        lambda block: f"conv2d_{PROJECTIONS.index(block) + 1}",
    ),
    (
        r"block(1|2|3|12)_proj_norm",
        lambda block: f"batch_normalization_{PROJECTIONS.index(block) + 1}",
    ),
    (
        r"block(\d+)_separable(\d)_depth_conv",
        lambda block, i: _depth(block + 1, i),
    ),
    (r"block(\d+)_separable(\d)_conv", lambda block, i: _point(block + 1, i)),
    (
        r"block(\d+)_separable(\d)_norm",
        lambda block, i: f"block{block + 1}_sepconv{i}_bn",
    ),
    (r"last_separable(\d)_depth_conv", lambda i: _depth(14, i)),
    (r"last_separable(\d)_conv", lambda i: _point(14, i)),
    (r"last_separable(\d)_norm", lambda i: f"block14_sepconv{i}_bn"),
    ("logits", "predictions"),
)
