"""Jobs of several processes on this machine."""

import json
import socket


def configs(count):
    """The TF_CONFIG of each process of a job, on ports that are free now."""
    workers = [f"127.0.0.1:{_free_port()}" for _ in range(count)]
    return [
        json.dumps(
            {
                "cluster": {"worker": workers},
                "task": {"type": "worker", "index": index},
            }
        )
        for index in range(count)
    ]


def _free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
