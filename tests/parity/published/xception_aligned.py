"""Xception of DeepLab."""

TIMM = {r"(xception(?:41p?|65p?|71))": r"\1"}
