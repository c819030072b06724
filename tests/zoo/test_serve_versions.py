"""`zoo serve` takes up new versions while it serves, and loses no request."""

import concurrent.futures
import logging
import re
import shutil
import threading
import time

import keras
import numpy as np
import pytest

from tests.zoo.serving import ask, serving
from zoo.export import export
from zoo.serve._watch import Versions

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("prometheus_client")


class Loaded:
    """What a version is loaded as: only a name and a number."""

    runtime = "none"

    def __init__(self, path):
        text = (path / "saved_model.pb").read_text()
        if text == "broken":
            raise ValueError("it is broken")
        self.name = text
        self.version = path.name


def write(directory, number, text="net"):
    (directory / str(number)).mkdir(exist_ok=True)
    (directory / str(number) / "saved_model.pb").write_text(text)


@pytest.fixture
def directory(tmp_path):
    write(tmp_path, 1)
    return tmp_path


@pytest.fixture
def versions(directory):
    from zoo.serve._traffic import Traffic

    return Versions(directory, Loaded, Traffic())


def test_a_newer_one_is_taken_up(directory, versions, caplog):
    assert versions.current.version == "1"
    assert not versions.look()
    write(directory, 2)
    write(directory, 10)
    assert not versions.look()  # it may still be written
    with caplog.at_level(logging.INFO, "zoo.serve"):
        assert versions.look()
    assert versions.current.version == "10"
    assert "net version 10 is served now, instead of version 1" in caplog.text
    assert not versions.look()
    text = versions._traffic.text()[0].decode()
    assert 'version="10"} 1.0' in text
    assert 'version="1"}' not in text


def test_one_that_grows_is_waited_for(directory, versions):
    write(directory, 2)
    file = directory / "2" / "weights"
    for size in range(1, 5):
        file.write_bytes(bytes(size))
        assert not versions.look()
    assert versions.look()


@pytest.mark.parametrize("name", ["2", "x", ".export-2"])
def test_one_without_a_graph_is_none(directory, versions, name):
    (directory / name).mkdir()
    (directory / name / "weights").write_bytes(b"half")
    assert not any(versions.look() for _ in range(3))


def test_a_broken_one_is_told_once_and_tried_when_mended(
    directory, versions, caplog
):
    write(directory, 2, "broken")
    assert not any(versions.look() for _ in range(4))
    assert caplog.text.count("version 2 is not taken up: it is broken") == 1
    assert versions.current.version == "1"
    write(directory, 2)
    assert [versions.look() for _ in range(2)] == [False, True]


def test_behind_a_broken_one_an_older_is_found(directory, versions):
    write(directory, 3, "broken")
    write(directory, 2)
    assert [versions.look() for _ in range(2)] == [False, True]
    assert versions.current.version == "2"


def test_another_model_is_not_taken_up(directory, versions, caplog):
    write(directory, 2, "other")
    assert not any(versions.look() for _ in range(3))
    assert "a model named other; net is served here" in caplog.text


def test_once_the_newest_is_deleted_the_one_before_is_served(
    directory, versions
):
    write(directory, 2)
    assert [versions.look() for _ in range(2)] == [False, True]
    shutil.rmtree(directory / "2")
    assert [versions.look() for _ in range(2)] == [False, True]
    assert versions.current.version == "1"
    shutil.rmtree(directory)  # nothing is left: it is served on
    assert not any(versions.look() for _ in range(3))
    assert versions.current.version == "1"


def test_a_version_named_by_itself_is_not_exchanged(directory):
    from zoo.serve._traffic import Traffic

    versions = Versions(directory / "1", Loaded, Traffic())
    assert versions._directory is None


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Three versions, each of which answers with its number."""
    directory = tmp_path_factory.mktemp("versions")
    for number in (1, 2, 3):
        image = keras.Input((2, 2, 1))
        bias = keras.initializers.Constant(number)
        pooled = keras.layers.GlobalAveragePooling2D()(image)
        outputs = keras.layers.Dense(3, bias_initializer=bias)(pooled)
        net = keras.Model(image, outputs, name="net")
        export(net, directory, optimize=False)
    return directory


def test_no_request_is_lost(exported, tmp_path):
    """Clients ask on while two versions appear and one is deleted."""
    from zoo.serve import _model
    from zoo.serve._traffic import Traffic

    def load(path):
        return _model.Model(path, "tensorflow")

    shutil.copytree(exported / "1", tmp_path / "1")
    versions = Versions(tmp_path, load, Traffic(), seconds=0.05)
    body = b'{"inputs": [[[[0], [0]], [[0], [0]]]]}'
    ended = threading.Event()

    def client(port):
        seen = []
        while not ended.is_set():
            status, answer = ask(port, "POST", "/v1/models/net:predict", body)
            assert status == 200, answer
            seen.append(round(answer["outputs"]["logits"][0][0]))
        return seen

    def wait_for(version):
        end = time.monotonic() + 30
        while versions.current.version != version:
            assert time.monotonic() < end
            time.sleep(0.02)

    with serving(versions) as port:
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            clients = [pool.submit(client, port) for _ in range(3)]
            try:
                for number in ("2", "3"):
                    aside = tmp_path / "aside"
                    shutil.copytree(exported / number, aside)
                    aside.rename(tmp_path / number)
                    wait_for(number)
                shutil.rmtree(tmp_path / "3")
                wait_for("2")
                time.sleep(0.2)
            finally:
                ended.set()
            seen = [c.result() for c in clients]
        _, status = ask(port, "GET", "/v1/models/net")
        assert ask(port, "GET", "/v1/models/net/versions/3")[0] == 404
        _, page = ask(port, "GET", "/")
    assert status["model_version_status"][0]["version"] == "2"
    assert re.search(rb'"version": "2"', page)
    for answers in seen:
        changes = np.flatnonzero(np.diff(answers)) + 1
        assert [answers[0], *(answers[i] for i in changes)] == [1, 2, 3, 2]
