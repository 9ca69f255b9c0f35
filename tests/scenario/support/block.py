"""Gives each run a loopback network of its own, 127.A.B.0/24, so that runs never meet; and, where
it asks for them, ports of its own at ::1, the one address a machine has for itself in IPv6.

Both are handed out by file locks, which go with the process whatever ends it.
"""

import errno
import fcntl
import os
import pathlib
import random
import socket
import tempfile

SERVER, CARRIER, STRANGER, FIRST_PHONE = 1, 2, 9, 11


class Block:
    """One loopback network, held until close()."""

    def __init__(self):
        self._lock, self.network = _take()

    def host(self, number):
        return f"{self.network}.{number}"

    def close(self):
        self._lock.close()


class Ports:
    """Some ports at ::1, held until close(). Fails with OSError where there is no IPv6."""

    HOST = "::1"

    def __init__(self):
        self._lock, self._next = _take_ports()

    def take(self):
        """A port; the nine after it, and those 1,000 above, are its taker's too."""
        port = self._next
        self._next += 10
        return port

    def close(self):
        self._lock.close()


def _take_ports(first=21_000, last=22_000, step=100):
    for _ in range(1000):
        base = random.randrange(first, last, step)
        lock = _lock(f"v6-{base}")
        if lock is None:
            continue
        if _is_free(Ports.HOST, base, socket.AF_INET6):
            return lock, base
        lock.close()
    raise RuntimeError("no ports of ::1 are free for this run")


def _lock(name):
    """Held as long as the file is open; None where another run has it."""
    # Not named like the folders of runs (hotline-…), which people throw away by that name.
    folder = pathlib.Path(tempfile.gettempdir()) / f"scenario-networks-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    lock = open(folder / f"{name}.lock", "w", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _take():
    # Starting anywhere keeps networks apart whose last user may still have sockets closing.
    start = random.randrange(100, 60_000)
    for i in range(start, start + 1000):
        network = f"127.{100 + i // 250 % 100}.{1 + i % 250}"
        lock = _lock(network)
        if lock is None:
            continue
        if _is_free(f"{network}.{SERVER}"):
            return lock, network
        lock.close()
    raise RuntimeError("no loopback network is free for this run")


def _is_free(host, port=5060, family=socket.AF_INET):
    """False where another program listens at that port, maybe on every address."""
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True
