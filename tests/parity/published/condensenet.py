"""CondenseNet: pytorchcv's are converted, as its authors' files for use are."""

IMGCLSMOB = {
    r"condensenet74_c(4_g4|8_g8)": lambda m: f"condensenet74_c{m[1][0]}"
}
