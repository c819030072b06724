"""MobileOne in the form that trains."""

TIMM = {r"(mobileone_s\d)": r"\1"}
