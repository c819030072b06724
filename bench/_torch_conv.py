"""Times PyTorch's convolution; each line of input is one measurement.

A line is JSON: {"shape": [N, H, W, C], "filters", "kernel_size", "groups",
"backward"}; the answer is seconds
of processor time.
"""

import json
import sys
import time

import torch

torch.set_num_threads(int(sys.argv[1]))
cache = {}


def made(shape, filters, kernel_size, groups):
    n, h, w, c = shape
    last = torch.channels_last
    conv = torch.nn.Conv2d(
        c, filters, kernel_size, padding=kernel_size // 2, groups=groups
    ).to(memory_format=last)
    x = torch.randn(n, c, h, w).to(memory_format=last).requires_grad_()
    return conv, x, torch.randn(n, filters, h, w).to(memory_format=last)


for line in sys.stdin:
    job = json.loads(line)
    backward = job.pop("backward")
    key = json.dumps(job)
    if key not in cache:
        cache[key] = made(**job)
    conv, x, gradient = cache[key]
    start = time.process_time()
    if backward:
        x.grad = conv.weight.grad = conv.bias.grad = None
        conv(x).backward(gradient)
    else:
        with torch.no_grad():
            conv(x)
    print(time.process_time() - start, flush=True)
