"""A SIP peer spoken by hand on a TCP connection to the server."""

import re
import select
import socket
import time

from support.trace import Message
from support.udp import Peer

_LENGTH = re.compile(rb"\r\n(?:Content-Length|l)[ \t]*:[ \t]*(\d+)", re.IGNORECASE)


class Stream(Peer):
    """As Peer: sends bytes, keeps what comes back."""

    def __init__(self, host, server, port=5060, name=""):
        self.host, self.name = host, name or f"{host}/tcp"
        self._seen, self._unread, self._rest = [], [], b""
        self._socket = socket.create_connection((server, port), 3, (host, 0))
        self.port = self._socket.getsockname()[1]

    def send(self, text, *_):
        self._socket.sendall(text if isinstance(text, bytes)
                             else text.replace("\n", "\r\n").encode())

    def messages(self):
        while self.is_running() and select.select([self._socket], [], [], 0)[0]:
            came = self._socket.recv(65536)
            if not came:
                self._socket.close()
            self._rest += came
            while True:
                raw, self._rest = take(self._rest)
                if not raw:
                    break
                message = Message(raw, False, time.time())
                self._seen.append(message)
                self._unread.append(message)
        return self._seen


def take(stream):
    """The next whole message of what has come, and the rest; empty where none is whole yet."""
    stream = stream.lstrip(b"\r\n")
    end = stream.find(b"\r\n\r\n") + 4
    if end < 4:
        return b"", stream
    length = _LENGTH.search(stream, 0, end)
    end += int(length.group(1)) if length else 0
    if len(stream) < end:
        return b"", stream
    return stream[:end], stream[end:]
