"""What callers and phones speak over: a UDP socket for all, or a TCP connection each."""

import contextlib
import socket

from support.tcp import take

PORT = 5060
MOST_AT_ONCE = 200


class Count:
    """Messages sent."""

    def __init__(self):
        self.all = self.spoiled = 0

    def add(self, spoiled):
        self.all += 1
        self.spoiled += spoiled


class Datagrams:
    """A UDP socket of that host."""

    transport = "UDP"
    closed = False

    def __init__(self, host, server, count):
        self.host, self._server, self._count = host, server, count
        self.at, self.uri = f"{host}:{PORT}", f"sip:x@{host}:{PORT}"
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.socket.bind((host, PORT))
        self.socket.setblocking(False)

    def send(self, raw, spoiled):
        self._count.add(spoiled)
        try:
            self.socket.sendto(raw, (self._server, PORT))
        except BlockingIOError:
            pass  # lost, as datagrams may be

    def receive(self):
        """What has come, so many at most."""
        came = []
        try:
            while len(came) < MOST_AT_ONCE:
                came.append(self.socket.recv(65536))
        except (BlockingIOError, ConnectionRefusedError):
            pass
        return came


class Connection:
    """A TCP connection with the server, from either side."""

    transport = "TCP"

    def __init__(self, open_socket, host, port, count, most=1000):
        self.host, self.socket, self._count = host, open_socket, count
        self.at, self.uri = f"{host}:{port}", f"sip:x@{host}:{port};transport=tcp"
        self.closed, self._left, self._rest = False, most, b""
        self.socket.settimeout(1)

    @classmethod
    def to(cls, server, host, count):
        opened = socket.create_connection((server, PORT), 3, (host, 0))
        return cls(opened, host, opened.getsockname()[1], count)

    def send(self, raw, spoiled):
        if self.closed:
            return
        self._count.add(spoiled)
        self._left -= 1
        try:
            self.socket.sendall(raw)
        except OSError:
            self._left = 0
        if self._left == 0:
            self.close()

    def receive(self):
        try:
            came = self.socket.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        except OSError:
            came = b""
        if not came:
            self.close()
        self._rest += came
        whole = []
        while True:
            raw, self._rest = take(self._rest)
            if not raw:
                return whole
            whole.append(raw)

    def close(self):
        """It is to be read until its end all the same."""
        self.closed = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
