"""DPN; timm's dpn68b has blocks of another form."""

TIMM = {r"(dpn(?:68|92|98|107|131))": r"\1"}
IMGCLSMOB = {r"(dpn(?:68|98|107|131))": r"\1"}
