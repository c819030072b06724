"""What a server accepts."""

import dataclasses

MAX_ASPECT = 20  # a strip's shorter side would be scaled up, and its longer
MAX_ANSWER = 5_000_000  # numbers; of one request
SLICE_PIXELS = 2**20  # of the network's input, computed at once
SLICE_ENCODED = 2**22  # pixels of files, decoded at once
MAX_HEAD = 65_536  # bytes of a request's line and headers
MAX_CHUNKS = 20_000  # of a body
SLOWEST = 50_000  # bytes a second of a body that may take longer


@dataclasses.dataclass(frozen=True)
class Limits:
    """What a server accepts; the names are those of the command line.

    Attributes:
        max_body: Bytes of a request's body.
        max_pixels: Pixels of all images of a request; those of the files, and
            those that the network takes.
        max_batch: Images that are computed at once: of several requests
            together, or a slice of one.
        max_connections: Connections at once; a further one takes the place of
            one that waits for its client.
        timeout: Seconds in which a request must have arrived, and one more
            for each 50 kB; also those in which an answer must get on.

    Raises:
        ValueError: A limit is not above 0.
    """

    max_body: int = 10_000_000
    max_pixels: int = 25_000_000
    max_batch: int = 16
    max_connections: int = 100
    timeout: float = 20.0

    def __post_init__(self):
        for name, value in dataclasses.asdict(self).items():
            if not 0 < value < float("inf"):
                raise ValueError(f"{name} must be above 0; received {value}.")

    def rows(self, pixels: int) -> int:
        """How many images of so many pixels are computed at once."""
        return max(1, min(self.max_batch, SLICE_PIXELS // max(pixels, 1)))
