"""MixNet."""

TIMM = {r"((?:tf_)?mixnet_(?:[sml]|xl))": r"\1"}
