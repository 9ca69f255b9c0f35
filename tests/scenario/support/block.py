"""Gives each run a loopback network of its own, 127.A.B.0/24, so that runs never meet.

The networks are handed out by file locks, which go with the process whatever ends it.
"""

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


def _take():
    # Not named like the folders of runs (hotline-…), which people throw away by that name.
    folder = pathlib.Path(tempfile.gettempdir()) / f"scenario-networks-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    # Starting anywhere keeps networks apart whose last user may still have sockets closing.
    start = random.randrange(100, 60_000)
    for i in range(start, start + 1000):
        network = f"127.{100 + i // 250 % 100}.{1 + i % 250}"
        lock = open(folder / f"{network}.lock", "w", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        if _is_free(f"{network}.{SERVER}"):
            return lock, network
        lock.close()
    raise RuntimeError("no loopback network is free for this run")


def _is_free(host, port=5060):
    """False where another program listens at that port, maybe on every address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
