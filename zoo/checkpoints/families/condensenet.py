"""Where its authors keep the tensors of zoo.condensenet, as it trains.

Their converted networks, of which the dropped weights are gone, have other
names and are refused.
"""

from zoo.checkpoints.families._rules import rules

IGNORED = r".*\._(count|stage)"  # how often has been condensed
LAYER = "features.denseblock_{s}.denselayer_{b}."


def _mask(mask):
    """(filters, channels, 1, 1) -> (channels, filters)."""
    return mask[:, :, 0, 0].T


authors = rules(
    ("stem_conv", "features.init_conv"),
    (
        "stage{s}_block{b}_conv1",
        {
            "kernel": LAYER + "conv_1.conv.weight",
            "mask": (_mask, LAYER + "conv_1._mask"),
        },
    ),
    ("stage{s}_block{b}_conv2", LAYER + "conv_2.conv"),
    ("stage{s}_block{b}_norm{i}", LAYER + "conv_{i}.norm"),
    ("last_norm", "features.norm_last"),
    ("logits", "classifier"),
)
