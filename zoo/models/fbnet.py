"""FBNet-C: Wu et al. 2019, Table 2 and Figure 4.

Stem (N, 224, 224, 3) -> (N, 112, 112, 16), seven stages of inverted residuals,
a 1x1 convolution to (N, 7, 7, 1984), global average pooling, one linear layer.
"""

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import inverted_residual

PAPER = Paper(
    "FBNet: Hardware-Aware Efficient ConvNet Design via Differentiable Neural "
    "Architecture Search",
    "https://arxiv.org/abs/1812.03443",
    2019,
)
DEPARTURES = (
    "The blocks as timm read them off Figure 4; where nothing expands there is "
    "a 1x1 convolution nevertheless, as in the authors' blocks",
)

# A stage a line, of its blocks: kernel size, expansion, filters, stride.
TABLE = (
    ((3, 1, 16, 1),),
    ((3, 6, 24, 2), (3, 1, 24, 1), (3, 1, 24, 1)),
    ((5, 6, 32, 2), (5, 3, 32, 1), (5, 6, 32, 1), (3, 6, 32, 1)),
    ((5, 6, 64, 2), (5, 3, 64, 1), (5, 6, 64, 1), (5, 6, 64, 1)),
    ((5, 6, 112, 1), (5, 6, 112, 1), (5, 6, 112, 1), (5, 3, 112, 1)),
    ((5, 6, 184, 2), (5, 6, 184, 1), (5, 6, 184, 1), (5, 6, 184, 1)),
    ((3, 6, 352, 1),),
)


def fbnet(table, /, *, stem="imagenet", dropout_rate=0.0, **options):
    """Stem, seven stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(
        stem=stem,
        paper_norm=lambda: layers.BatchNorm(momentum=0.99, epsilon=1e-3),
        **options,
    )
    x = net.conv_norm_act(net.image, 16, 3, net.stem_strides, name="stem_conv")
    for stage, rows in enumerate(table, 1):
        for i, (size, expansion, filters, strides) in enumerate(rows, 1):
            if net.small and stage == 2:
                strides = 1
            x = inverted_residual(
                net,
                x,
                filters,
                expansion * x.shape[-1],
                size,
                strides,
                f"stage{stage}_block{i}",
                always_expand=True,
            )
    x = net.conv_norm_act(x, 1984, 1, name="head_conv")
    return net.model(x, dropout_rate=dropout_rate)


@register(
    fbnet, PAPER, params=5_572_200, macs=384_960_160, departures=DEPARTURES
)
def fbnetc_100(**options):
    """FBNet-C."""
    return fbnet(TABLE, **options)
