"""What is built like a ResNet: D, anti-aliased, Res2Net, ResNeSt and more."""

TIMM = {
    r"(resnet(?:10|14|26)t)": r"\1",
    r"(resnet(?:18|26|34|50|101|152|200)d)": r"\1",
    r"(resnet(?:50|101|152)[cs])": r"\1",
    r"(resnext50d_32x4d)": r"\1",
    r"(resnetblur(?:18|50))": r"\1",
    r"(resnetaa(?:50|50d|101d))": r"\1",
    r"se(resnextaa[12]01d_32x8d)": r"se_\1",
    r"(res2ne[tx]t?\d+\w*)": r"\1",
    r"(resnest\d+\w+)": r"\1",
    r"sk(resnet(?:18|34|50)|resnext50_32x4d)": r"sk_\1",
    r"eca(resnet(?:26t|50t|50d|101d|269d|light))": r"eca_\1",
    r"gc(resnet(?:33ts|50t)|resnext(?:26|50)ts)": r"gc_\1",
    r"resnetv2_(\d+x\d_bit)": r"resnet_v2_\1",
    r"(nf_resnet(?:50|101))": r"\1",
    r"(dm_nfnet_f[0-6])": r"\1",
    r"(nfnet_l0|eca_nfnet_l[0-2])": r"\1",
}
