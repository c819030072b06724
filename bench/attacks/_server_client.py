"""A client that means well or ill."""

import base64
import concurrent.futures
import http.client
import json
import pathlib
import re
import resource
import socket
import struct
import time
import zlib


class Client:
    """Asks one server.

    Attributes:
        base: The path of its model.
    """

    def __init__(self, port, name, log, pid):
        self.port = port
        self.base = f"/v1/models/{name}"
        self._log = log
        self._pid = pid

    def ask(self, method, path, body=None, seconds=300, **headers):
        """(status, answer); (0, what happened) where there is no answer."""
        headers = {k.replace("_", "-"): v for k, v in headers.items()}
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=seconds
        )
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            return 0, repr(error).encode()
        finally:
            connection.close()

    def predict(self, body, **options):
        return self.ask("POST", f"{self.base}:predict", body, **options)

    def good(self, seconds=60):
        """The status of a good request."""
        return self.predict(encoded([png(8, 8)]), seconds=seconds)[0]

    def waits(self, number, clients=4):
        """Seconds of good requests; None for those that were not answered."""

        def one(_):
            start = time.perf_counter()
            status = self.good(30)
            return time.perf_counter() - start if status == 200 else None

        with concurrent.futures.ThreadPoolExecutor(clients) as pool:
            return list(pool.map(one, range(number)))

    def connect(self, data=b"", seconds=10):
        connection = socket.socket()
        # Little room for answers that nobody reads.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(seconds)
        connection.connect(("127.0.0.1", self.port))
        if data:
            connection.sendall(data)
        return connection

    def raw(self, data, seconds=10):
        """What is answered to these bytes; b"" where it is only closed."""
        answer = b""
        try:
            with self.connect(seconds=seconds) as connection:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(65536):
                    answer += part
        except TimeoutError:
            return answer + b" and then nothing"
        except OSError:
            pass
        return answer

    def limit_memory(self, more):
        """Lets the server have so many bytes more than it has now."""
        limit = 1024 * memory(self._pid)["VmSize"] + more
        _, hard = resource.prlimit(self._pid, resource.RLIMIT_AS)
        resource.prlimit(self._pid, resource.RLIMIT_AS, (limit, hard))

    def log(self):
        self._log.seek(0)
        return self._log.read()


def memory(pid):
    """{name: kB} of a process's memory."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return {k: int(v) for k, v in re.findall(r"(Vm\w+):\s+(\d+) kB", text)}


def png(height, width, value=0, remarks=0):
    """A PNG of one gray, made without TensorFlow.

    Its remarks have 8 kB each and expand to 7.9 MB.
    """

    def chunk(name, data):
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    rows = height * (b"\0" + bytes([value]) * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header)]
    if remarks:
        text = b"a\0\0" + zlib.compress(bytes(7_900_000), 9)
        parts += remarks * [chunk(b"zTXt", text)]
    parts += [chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"".join(parts)


def encoded(files, signature="classify_bytes"):
    """The body of a request with encoded images."""
    rows = [{"b64": base64.b64encode(file).decode()} for file in files]
    return json.dumps({"signature_name": signature, "inputs": rows}).encode()
