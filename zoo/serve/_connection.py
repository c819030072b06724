"""A connection that cannot be held for nothing: uvicorn's, with time limits.

uvicorn counts idle connections as work and lets a client take any time to send
its request, or to read the answer.
"""

import asyncio
import json
import sys
from http import HTTPStatus
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from zoo.serve._chunks import Http
from zoo.serve._limits import SLOWEST

LINGER = 10.0  # seconds in which a client may still read why it is refused
TICKS = 8  # looks at the clock within the time limit
# Whose place a new connection takes, where there is none left; of one kind,
# that of the one that has waited longest.
GIVE_WAY = (
    "lingering", "silent", "idle", "receiving", "sending", "pipelining",
)  # fmt: skip
STARTS = ("silent", "idle")  # where the next request may have begun
GRACE = 1.0  # seconds in which a connection does not have to
BURST = 2  # times the limit, for so long
WAITS, OLD, NEW = range(3)


class Connection(H11Protocol):
    """One client's connection.

    Args:
        limits: The server's `Limits`.
        traffic: Has `connections`, a number of them, and `refused(reason)`.
        **options: The arguments of uvicorn's protocol.
    """

    def __init__(self, *, limits, traffic, **options):
        super().__init__(**options)
        self.conn = Http()
        self._limits = limits
        self._traffic = traffic
        self._real: asyncio.Transport = None  # type: ignore[assignment]
        self._lingers = False
        self._answered = 0
        self._received = 0
        self._state = None
        self._made = self._since = self.loop.time()
        self._clock = None

    # What asyncio calls.

    def connection_made(self, transport):
        self._real = transport
        closes_late = cast(asyncio.Transport, _Transport(transport, self))
        super().connection_made(closes_late)
        self._traffic.connections += 1
        self._tick()
        if len(self.connections) > self._limits.max_connections:
            self._make_room()

    def data_received(self, data):
        if self._lingers:  # nobody reads it
            return
        self._received += len(data)
        try:
            super().data_received(data)
        except Exception:  # such as of a length of 5,000 digits
            self.send_400_response("")

    def eof_received(self):
        if self._lingers:
            self._real.close()

    def connection_lost(self, exc):
        self._lingers = True
        self._traffic.connections -= 1
        if self._clock is not None:
            self._clock.cancel()
        super().connection_lost(exc)

    # What uvicorn calls.

    def send_400_response(self, msg):
        error = sys.exc_info()[1]
        if isinstance(error, h11.RemoteProtocolError):
            status = error.error_status_hint
            msg = str(error).partition(": bytearray")[0]
        else:
            status, msg = 400, "it is no HTTP"
        self._refuse("malformed", status, f"a malformed request: {msg}")

    def on_response_complete(self):
        self._answered += 1
        self._received = 0
        self._since = self.loop.time()
        super().on_response_complete()

    def shutdown(self):
        if self._lingers:
            self._real.abort()
        else:
            super().shutdown()

    def finish(self):
        """Closes, once the client has had time to read the answer.

        Closing a socket that has unread bytes of the request resets it, and
        the client never sees what was answered.
        """
        done = (h11.IDLE, h11.DONE, h11.MUST_CLOSE, h11.CLOSED)
        if self.conn.their_state in done and not self.conn.trailing_data[0]:
            self._real.close()
        elif not self._lingers:
            self._linger()

    def _linger(self):
        self._lingers = True
        self._real.resume_reading()
        if self._real.can_write_eof():
            self._real.write_eof()

    @property
    def is_closing(self):
        return self._lingers or self._real.is_closing()

    # Time and room.

    def _phase(self):
        if self._lingers:
            return "lingering"
        if self.cycle is None or self.cycle.response_complete:
            if self._real.get_write_buffer_size():
                return "sending"
            return "idle" if self._answered else "silent"
        if self.cycle.more_body:
            return "receiving"
        if self._real.get_write_buffer_size():
            return "sending"
        return "pipelining" if self.conn.trailing_data[0] else "computing"

    def _tick(self):
        """Looks whether the client gets on."""
        seconds = self._limits.timeout / TICKS
        self._clock = self.loop.call_later(seconds, self._tick)
        phase = self._phase()
        state = (phase, self._answered)
        if phase == "sending":
            state += (self._real.get_write_buffer_size(),)
        now = self.loop.time()
        if state != self._state:
            self._state, self._since = state, now
        allowed = {
            "lingering": min(LINGER, self._limits.timeout),
            "computing": float("inf"),
            "pipelining": float("inf"),
            "receiving": self._limits.timeout + self._received / SLOWEST,
        }.get(phase, self._limits.timeout)
        if now - self._since >= allowed:
            self._time_out(phase)

    def _time_out(self, phase):
        self._traffic.refused("timeout")
        if phase == "receiving" or (phase in STARTS and self._received):
            text = f"the request did not arrive in {self._limits.timeout:g} s"
            self._refuse(None, 408, text)
        else:
            self._real.abort()

    def _make_room(self):
        if self._waiting():
            # By the second turn of the loop it has read what was sent so far:
            # whose request the busy loop has not seen yet does not wait.
            self.loop.call_soon(self.loop.call_soon, self._push_out)
        else:
            self._traffic.refused("connections")
            self._refuse(None, 503, "too many requests at once; try again")

    def _waiting(self):
        """{connection: phase} of the others that wait for their clients."""
        phases = {
            c: c._phase()
            for c in self.connections
            if isinstance(c, Connection) and c is not self
        }
        return {c: phase for c, phase in phases.items() if phase in GIVE_WAY}

    def _push_out(self):
        waiting = self._waiting()
        if not waiting or len(self.connections) <= self._limits.max_connections:
            return
        ranks = {c: c._rank(phase) for c, phase in waiting.items()}
        first = min(waiting, key=ranks.__getitem__)
        most = BURST * self._limits.max_connections
        if ranks[first][0] == NEW and len(self.connections) <= most:
            return
        self._traffic.refused("connections")
        first._real.abort()
        self.connections.discard(first)

    def _rank(self, phase):
        """Who waits goes first, then who was there first, then who is new."""
        now = self.loop.time()
        if now - self._since >= GRACE:
            return WAITS, GIVE_WAY.index(phase), self._since
        tier = OLD if now - self._made >= GRACE else NEW
        return tier, 0, self._made

    def _refuse(self, what, status, reason):
        """Answers in the application's place, and closes."""
        if what:
            self._traffic.refused(what)
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # nothing more of the application's
            self.cycle.message_event.set()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self._real.abort()
            return
        body = json.dumps({"error": reason}).encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
        if status == 503:
            headers.append(("Retry-After", "1"))
        phrase = HTTPStatus(status).phrase
        head = [f"HTTP/1.1 {status} {phrase}", *map(": ".join, headers)]
        text = "\r\n".join([*head, "", ""]).encode("latin-1", "replace")
        self._real.write(text + body)
        self._linger()


class _Transport:
    """A transport that closes as the connection wishes it."""

    def __init__(self, transport, connection):
        self._transport = transport
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._transport, name)

    def is_closing(self):
        return self._connection.is_closing

    def close(self):
        self._connection.finish()
