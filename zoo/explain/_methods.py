"""The methods' names, and what each can be told; imports no Keras."""

from zoo._choices import one_of

METHODS = (
    "grad_cam", "grad_cam++", "saliency", "smooth_grad",
    "integrated_gradients", "occlusion",
)  # fmt: skip
CAMS = ("grad_cam", "grad_cam++")
STEPS = {"smooth_grad": 25, "integrated_gradients": 32}


def check(method: str, layer: object = None, steps: int | None = None) -> None:
    """Refuses what `explain` would refuse, before anything is loaded.

    Raises:
        ValueError: There is no such method, or it takes no layer or steps.
    """
    one_of("method", method, METHODS)
    if layer is not None and method not in CAMS:
        raise ValueError(
            f"layer is for {' and '.join(CAMS)}; received method={method!r}."
        )
    if steps is not None and (method not in STEPS or steps < 1):
        raise ValueError(
            f"steps must be at least 1 and is for {' and '.join(STEPS)}; "
            f"received steps={steps!r}, method={method!r}."
        )
