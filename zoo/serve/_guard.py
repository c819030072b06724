"""Refuses what pages of strangers ask, and what could be read in two ways.

A web page of anybody, open in the user's browser, can send requests to this
machine; by a name that it makes resolve to 127.0.0.1 (DNS rebinding) it could
read the answers, too.
"""

from starlette.responses import JSONResponse

from zoo.serve import _hosts

VERSIONS = ("1.0", "1.1")
PROBES = ("/livez", "/readyz", "/v2/health/live", "/v2/health/ready")


class Guard:
    """ASGI middleware that refuses requests of strangers' pages."""

    def __init__(self, app, hosts, refused):
        self.app = app
        self.hosts = hosts
        self.refused = refused

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            refusal = self._refusal(scope)
            if refusal:
                what, reason, status = refusal
                self.refused(what)
                answer = JSONResponse({"error": reason}, status)
                return await answer(scope, receive, send)
        await self.app(scope, receive, send)

    def _refusal(self, scope):
        """(what was wrong, why in words, status) or None."""
        headers = {k: v.decode("latin-1") for k, v in scope["headers"]}
        version = scope["http_version"]
        if version not in VERSIONS:
            return "malformed", f"HTTP/{version} is not spoken here", 505
        if b"transfer-encoding" in headers and (
            b"content-length" in headers or version == "1.0"
        ):
            reason = (
                "a request may have Content-Length or, in HTTP/1.1, "
                "Transfer-Encoding; not both"
            )
            return "length", reason, 400
        if scope["path"] in PROBES:
            return None
        host = headers.get(b"host")
        if host is not None and not self.hosts.has(host):
            name = _hosts.split(host)[0] or "NAME"
            reason = f"the host {host[:100]!r} is not allowed here; if it is "
            reason += (
                f"yours, start zoo serve with --allowed_hosts={name[:100]}"
            )
            return "host", reason, 403
        origin = headers.get(b"origin")
        if origin is not None and not self.hosts.is_own_page(origin, host):
            reason = f"pages of {origin[:100]!r} may not ask here"
            return "origin", reason, 403
        if self._is_cross_site(scope["method"], headers, origin):
            return "site", "pages of other sites may not ask here", 403
        return None

    def _is_cross_site(self, method, headers, origin):
        """As the browser says itself; following a link is no harm."""
        site = headers.get(b"sec-fetch-site")
        if site in (None, "none", "same-origin") or origin is not None:
            return False  # an Origin has been looked at
        opens = headers.get(b"sec-fetch-mode") == "navigate"
        framed = headers.get(b"sec-fetch-dest", "document") != "document"
        return method not in ("GET", "HEAD") or not opens or framed
