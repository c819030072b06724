"""PyramidNet; pytorchcv calls those of bottlenecks _bn."""

from tests.parity.published import SMALL

IMGCLSMOB = {
    rf"(pyramidnet(?:110|164|200|272)_a\d+)(?:_bn)?{SMALL}": r"\1",
}
