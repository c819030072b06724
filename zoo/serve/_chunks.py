"""HTTP/1.1 as h11 reads it, with an end to the chunks of a body.

A body of one byte a chunk is a million chunks long; reading them would keep
everybody else waiting for seconds.
"""

import h11

from zoo.serve._limits import MAX_CHUNKS, MAX_HEAD


class Http(h11.Connection):
    """The server's side of a connection."""

    def __init__(self):
        super().__init__(h11.SERVER, MAX_HEAD)
        self._chunks = 0

    def next_event(self):
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = 0
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            if self._chunks > MAX_CHUNKS:
                raise h11.RemoteProtocolError(
                    f"a body may have {MAX_CHUNKS:,} chunks",
                    error_status_hint=413,
                )
        return event
