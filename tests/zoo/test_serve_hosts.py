"""Other people's pages cannot use a server in the user's browser."""

import pytest

from tests.zoo.serving import ask, threaded
from zoo.serve._hosts import Hosts
from zoo.serve._limits import Limits


@pytest.mark.parametrize(
    ("listens", "allowed", "ours", "others"),
    [
        (
            "127.0.0.1",
            (),
            "localhost LOCALHOST:8501 localhost.:80 127.0.0.1 127.9.9.9:1 "
            "[::1]:8501",
            "evil.example 127.0.0.1.evil.example localhost.evil.example "
            "evil.example:8501 10.1.2.3 0.0.0.0 [fe80::1] 2130706433 "
            "x@localhost localhost/x localhost:x localhost:99999 :80 "
            "localhost#x ::1 [::1",
        ),
        (
            "0.0.0.0",
            ("zoo.example", "*.Local"),
            "localhost 127.0.0.1:1 192.168.1.9:8501 [fe80::1]:1 zoo.example "
            "ZOO.example:443 a.local a.b.local",
            "evil.example a.zoo.example local zoo.example.evil",
        ),
        ("::", (), "[::1] 10.0.0.1", "evil.example"),
        ("box.lan", (), "box.lan:8501 10.0.0.1 localhost", "evil.lan lan"),
        ("127.0.0.1", ("*",), "evil.example", ":80"),
    ],
)
def test_hosts(listens, allowed, ours, others):
    hosts = Hosts(listens, allowed)
    assert [h for h in ours.split() if not hosts.has(h)] == []
    assert [h for h in ["", *others.split()] if hosts.has(h)] == []


def test_a_server_for_others_answers_to_its_machines_name(monkeypatch):
    monkeypatch.setattr("socket.gethostname", lambda: "Box")
    assert Hosts("0.0.0.0").has("box:8501")
    assert not Hosts("127.0.0.1").has("box:8501")


@pytest.mark.parametrize(
    ("origin", "host", "is_own"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501", True),
        ("http://localhost", "localhost:80", True),
        ("https://zoo.example", "zoo.example", True),
        ("https://proxy.example", "127.0.0.1:8501", True),  # it is allowed
        ("http://localhost:3000", "localhost:8501", False),
        ("http://evil.example:8501", "127.0.0.1:8501", False),
        ("http://127.0.0.1:8501.evil.example", "127.0.0.1:8501", False),
        ("null", "localhost", False),
        ("", "localhost", False),
        ("file://", "localhost", False),
        ("chrome-extension://localhost", "localhost", False),
        ("http://localhost", None, False),
    ],
)
def test_origins(origin, host, is_own):
    hosts = Hosts("127.0.0.1", ["proxy.example"])
    assert hosts.is_own_page(origin, host) == is_own


@pytest.mark.parametrize("name", ["", "http://x", "x:80", "x/y", "*.*", "a b"])
def test_names_that_are_none(name):
    with pytest.raises(ValueError, match=r"allowed_hosts: .* is no name"):
        Hosts("127.0.0.1", [name])


@pytest.fixture(scope="module")
def port():
    pytest.importorskip("starlette")
    pytest.importorskip("uvicorn")
    pytest.importorskip("prometheus_client")
    from tests.zoo import serving_app
    from zoo.serve._traffic import Traffic

    with threaded(serving_app.server(Traffic(), Limits())) as port:
        yield port


CROSS = {"Sec-Fetch-Site": "cross-site"}
OPENS = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("method", "headers", "reason"),
    [
        ("POST", {"Host": "evil.example:8501"}, "evil.example:8501' is not al"),
        ("GET", {"Host": "evil.example"}, "--allowed_hosts=evil.example"),
        ("POST", {"Origin": "http://evil.example"}, "pages of 'http://evil.ex"),
        ("POST", {"Origin": "null"}, "pages of 'null'"),
        ("POST", CROSS, "pages of other sites"),
        ("POST", {"Sec-Fetch-Site": "same-site"}, "pages of other sites"),
        ("GET", CROSS, "pages of other sites"),
        ("POST", CROSS | OPENS, "pages of other sites"),
        ("GET", CROSS | OPENS | {"Sec-Fetch-Dest": "iframe"}, "other sites"),
        ("POST", {"Sec-Fetch-Site": "same-origin"}, None),
        ("POST", {"Sec-Fetch-Site": "none", "Content-Type": "x/y"}, None),
        ("POST", {"Origin": "http://localhost:PORT"}, None),
        ("GET", CROSS | OPENS, None),  # a link that the user followed
    ],
)
def test_pages(port, method, headers, reason):
    headers = {"Host": f"localhost:{port}"} | {
        name: value.replace("PORT", str(port))
        for name, value in headers.items()
    }
    status, answer = ask(port, method, "/count", b"abc", headers)
    if reason:
        assert status == 403
        assert reason in answer["error"]
    else:
        assert status in (200, 405)  # as /count has no GET


def test_probes_come_by_any_name(port):
    status, _ = ask(port, "GET", "/livez", headers={"Host": "10.0.0.1:8501"})
    assert status == 404  # this application has none, but nobody refused it
