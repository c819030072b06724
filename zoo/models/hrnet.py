"""High-resolution networks: Wang et al. 2019, section 3.

Branches at 1/4, 1/8, 1/16 and 1/32 of the size run side by side and exchange
their maps after every module: (N, 224, 224, 3) -> stem 56x56x64 -> 56x56x256
-> for W18, 56x56x18, 28x28x36, 14x14x72, 7x7x144. The head widens the four
to 128, 256, 512, 1024 and adds each to the next: 7x7x2048.
"""

import keras

from zoo.models import Network, Paper, register
from zoo.models._arguments import check_multiple
from zoo.models.resnet import basic_block, bottleneck_block

PAPER = Paper(
    "Deep High-Resolution Representation Learning for Visual Recognition",
    "https://arxiv.org/abs/1908.07919",
    2019,
)
SSLD = Paper(
    "Beyond Self-Supervision: A Simple Yet Effective Network Distillation "
    "Alternative to Improve Backbones",
    "https://arxiv.org/abs/2103.05959",
    2021,
)
HEAD = (32, 64, 128, 256)  # bottlenecks of the head, a fourth of their outputs
MODULES = (1, 4, 3)  # of stages 2 to 4


def transition(net, maps, widths, name):
    """One branch more, of half the size of the smallest."""
    kept = [
        net.conv_norm_act(x, width, 3, name=f"{name}_branch{i}_conv")
        if x.shape[-1] != width
        else x
        for i, (x, width) in enumerate(zip(maps, widths, strict=False), 1)
    ]
    last = f"{name}_branch{len(widths)}_conv"
    return [*kept, net.conv_norm_act(maps[-1], widths[-1], 3, 2, name=last)]


def fuse(net, maps, name):
    """Each branch's map plus those of the others, in its size and width."""
    fused = []
    for i in range(len(maps)):
        terms = [bring(net, maps, j, i, name) for j in range(len(maps))]
        x = keras.layers.Add(name=f"{name}_fuse{i + 1}_add")(terms)
        fused.append(net.act(x, name=f"{name}_fuse{i + 1}_act"))
    return fused


def bring(net, maps, source, target, name):
    """Nearest neighbours upwards, 3x3 convolutions of stride 2 downwards."""
    x, width = maps[source], maps[target].shape[-1]
    name = f"{name}_fuse{target + 1}_from{source + 1}"
    if source > target:
        x = net.conv_norm(x, width, 1, name=f"{name}_conv")
        scale = 2 ** (source - target)
        return keras.layers.UpSampling2D(scale, name=f"{name}_up")(x)
    for k in range(1, target - source):
        x = net.conv_norm_act(x, x.shape[-1], 3, 2, name=f"{name}_conv{k}")
    if source < target:
        last = f"{name}_conv{target - source}"
        x = net.conv_norm(x, width, 3, 2, name=last)
    return x


def module(net, maps, depth, name):
    """Basic blocks on every branch, then the exchange."""
    for b, x in enumerate(maps):
        for i in range(1, depth + 1):
            own = f"{name}_branch{b + 1}_block{i}"
            x = basic_block(net, x, x.shape[-1], 1, own)
        maps[b] = x
    return fuse(net, maps, name)


def head(net, maps, use_bias):
    """Four maps -> one of (N, H/32, W/32, 2048)."""
    y = None
    for i, (x, width) in enumerate(zip(maps, HEAD, strict=True), 1):
        x = bottleneck_block(net, x, width, 1, f"head{i}")
        if y is not None:
            y = net.conv_norm_act(
                y, 4 * width, 3, 2, use_bias=use_bias, name=f"head{i}_down_conv"
            )
            x = keras.layers.Add(name=f"head{i}_sum")([x, y])
        y = x
    return net.conv_norm_act(y, 2048, 1, use_bias=use_bias, name="last_conv")


def hrnet(
    width, modules=MODULES, depths=(4, 4), first_width=64, head_bias=True, *,
    stem="imagenet", **options,
):  # fmt: skip
    """Stem, bottlenecks, three stages of parallel branches, head.

    Height and width of the images are multiples of 32, or of 8 with
    `stem="small"`.
    """
    net = Network(stem=stem, **options)
    check_multiple(net.image, 8 if net.small else 32)
    x = net.image
    for i in (1, 2):
        x = net.conv_norm_act(x, 64, 3, net.stem_strides, name=f"stem_conv{i}")
    for i in range(1, depths[0] + 1):
        x = bottleneck_block(net, x, first_width, 1, f"stage1_block{i}")
    maps = [x]
    for stage, count in enumerate(modules, 2):
        widths = [width * 2**i for i in range(stage)]
        maps = transition(net, maps, widths, f"transition{stage - 1}")
        for i in range(1, count + 1):
            maps = module(net, maps, depths[1], f"stage{stage}_module{i}")
    return net.model(head(net, maps, head_bias or None))


def _register(params, macs, paper=PAPER):
    return register(hrnet, paper, params=params, macs=macs)


@_register(13_187_464, 1_601_508_352)
def hrnet_w18_small(**options):
    """HRNet-W18-C-Small-v1 of the authors' code."""
    return hrnet(16, (1, 1, 1), (1, 2), 32, **options)


@_register(15_597_464, 2_595_712_864)
def hrnet_w18_small_v2(**options):
    """HRNet-W18-C-Small-v2 of the authors' code."""
    return hrnet(18, (1, 3, 2), (2, 2), **options)


@_register(21_299_004, 4_283_537_072)
def hrnet_w18(**options):
    """HRNet-W18-C."""
    return hrnet(18, **options)


@_register(37_712_220, 8_105_781_680)
def hrnet_w30(**options):
    """HRNet-W30-C."""
    return hrnet(30, **options)


@_register(41_232_680, 8_921_133_056)
def hrnet_w32(**options):
    """HRNet-W32-C."""
    return hrnet(32, **options)


@_register(57_557_160, 12_691_997_440)
def hrnet_w40(**options):
    """HRNet-W40-C."""
    return hrnet(40, **options)


@_register(67_064_984, 14_883_104_960)
def hrnet_w44(**options):
    """HRNet-W44-C."""
    return hrnet(44, **options)


@_register(77_469_864, 17_277_996_032)
def hrnet_w48(**options):
    """HRNet-W48-C."""
    return hrnet(48, **options)


@_register(128_059_944, 28_895_395_840)
def hrnet_w64(**options):
    """HRNet-W64-C."""
    return hrnet(64, **options)


@_register(21_295_164, 4_283_537_072, SSLD)
def hrnet_w18_ssld(**options):
    """HRNet-W18-C of PaddleClas: no biases in the head's convolutions."""
    return hrnet(18, head_bias=False, **options)


@_register(77_466_024, 17_277_996_032, SSLD)
def hrnet_w48_ssld(**options):
    """HRNet-W48-C of PaddleClas: no biases in the head's convolutions."""
    return hrnet(48, head_bias=False, **options)
