"""The names by which a server may be called."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

NAME = re.compile(r"\*|(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]+")
PORTS = {"http": 80, "https": 443}


class Hosts:
    """The names by which a server may be called.

    Args:
        host: The address that it listens at. On loopback alone it answers to
            localhost and loopback's addresses; else also to any address, which
            no name can be rebound to, and to the machine's own name.
        allowed: Further names; "*.example.com" for all below, "*" for any.

    Raises:
        ValueError: One of them is no name.
    """

    def __init__(self, host="127.0.0.1", allowed=()):
        self.allowed = check(allowed)
        self.own = {"localhost", host.lower().strip("[]")}
        self.is_open = not _is_loopback(host)
        if self.is_open:
            self.own.add(socket.gethostname().lower())

    def has(self, authority):
        """Whether this `Host` is one of ours."""
        name, _ = split(authority)
        if name is None:
            return False
        if name in self.own or _is_loopback(name) or self.has_further(name):
            return True
        return self.is_open and _is_address(name)

    def has_further(self, name):
        """Whether it is among the names that the user allowed."""
        if name is None:
            return False
        above = (f"*.{end}" for end in _ends(name))
        return not self.allowed.isdisjoint({"*", name, *above})

    def is_own_page(self, origin, authority):
        """Whether a page of this `Origin` is the server's own, or allowed."""
        scheme, _, rest = origin.partition("://")
        name, port = split(rest)
        if name is None or scheme not in PORTS:
            return False
        if self.has_further(name):
            return True
        default = PORTS[scheme]
        here, its = split(authority or "")
        return (name, port or default) == (here, its or default)


def check(allowed):
    """The names as they are compared.

    Raises:
        ValueError: One of them is no name.
    """
    names = {name.lower().strip("[]") for name in allowed}
    for name in names:
        if not NAME.fullmatch(name):
            raise ValueError(
                f"allowed_hosts: {name!r} is no name such as zoo.example, "
                "*.example or *; leave out http:// and the port."
            )
    return names


def split(authority):
    """(name in lower case, port or None) of NAME:PORT; else (None, None)."""
    try:
        parts = urlsplit(f"//{authority}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return None, None
    plain = f"[{name}]" if name and ":" in name else name
    given = authority.lower()
    if not name or given not in (plain, f"{plain}:", f"{plain}:{port}"):
        return None, None
    return name.rstrip("."), port


def _ends(name):
    parts = name.split(".")
    return [".".join(parts[i:]) for i in range(1, len(parts))]


def _is_address(name):
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name):
    name = name.strip("[]")
    if not _is_address(name):
        return name.lower() == "localhost"
    return ipaddress.ip_address(name).is_loopback
