"""PeleeNet: the file in its authors' repository; its name has the accuracy."""

COMMIT = "05e928adb7387d54b48373583ee4430a28966599"

AUTHORS = {
    "peleenet": {
        "theirs": "peleenet",
        "url": "https://raw.githubusercontent.com/Robert-JunWang/PeleeNet/"
        f"{COMMIT}/weights/peleenet_acc7208.pth.tar",
        "license": "apache-2.0",
        "top1": 72.08,
    }
}
