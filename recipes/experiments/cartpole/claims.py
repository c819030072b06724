"""What is said of normalizers in reinforcement learning."""

from zoo.recipes.lab.claims import claim, versus

SALIMANS = "[Salimans and Kingma 2016, {}](https://arxiv.org/abs/1602.07868)"


def _better(one, other):
    def measure(rows):
        return versus(
            rows.where(norm=one), rows.where(norm=other), "return_mean",
            f"mean length of an episode: {one}", other, "steps", digits=1,
            worth=20,
        )  # fmt: skip

    return measure


batch = claim(
    "Batch normalization's noise harms deep Q-learning: shorter episodes than "
    "without a normalizer.",
    SALIMANS.format("abstract and section 5.4"),
)(_better("none", "batch"))
weight_batch = claim(
    "Weight normalization suits it better than batch normalization.",
    SALIMANS.format("abstract and section 5.4"),
)(_better("weight", "batch"))
layer_batch = claim(
    "Layer normalization suits it better than batch normalization.",
    "[our own question, after Ba et al. 2016]"
    "(https://arxiv.org/abs/1607.06450)",
)(_better("layer", "batch"))
weight_none = claim(
    "Weight normalization is better than none.", SALIMANS.format("section 5.4")
)(_better("weight", "none"))


@claim(
    "Batch normalization's noise shows in Q: over the last 1,000 steps it "
    "misses its targets by more than without a normalizer.",
    SALIMANS.format("abstract, on the noise that it adds to the gradients"),
)
def misses(rows):
    return versus(
        rows.where(norm="batch"), rows.where(norm="none"), "miss",
        "mean |Q − target|: batch", "none",
    )  # fmt: skip


CLAIMS = [batch, weight_batch, layer_batch, weight_none, misses]
