"""HarDNet: the files in the authors' repository, accuracies of its README."""

COMMIT = "de9662f30ffa7474c8a24b4bceb38b49be0903a0"
URL = f"https://raw.githubusercontent.com/PingoLH/Pytorch-HarDNet/{COMMIT}/"

AUTHORS = {
    name: {
        "theirs": f"hardnet {theirs}",
        "url": f"{URL}{name}.pth",
        "license": "mit",
        "top1": top1,
    }
    for name, theirs, top1 in (
        ("hardnet39ds", "39DS", 72.1),
        ("hardnet68ds", "68DS", 74.3),
        ("hardnet68", "68", 76.5),
    )
}
