"""Audio of many calls: both sides of each say a frame every 20 ms, and note when they hear which
frame of their partner's. A hundred calls are 20,000 datagrams a second, a seventh of a core."""

import array
import bisect
import select
import socket
import struct
import threading
import time

from support.rtp import FRAME_S, PCMA

SAMPLES = 160  # of a frame
HEAD, WORDS = struct.Struct("!BBHII"), struct.Struct("!HI")  # who speaks, and its how manieth frame


class Side:
    """One side of a call: where it takes audio, where it sends it, and what it has heard."""

    def __init__(self, own, server, number, partner):
        self._server, self._number, self._partner = server, number, partner
        self._frame = bytearray(HEAD.size + SAMPLES)
        self.heard_at = array.array("d")
        self.foreign = 0  # frames of anybody else
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(own)
        self.socket.setblocking(False)

    def say(self, n):
        HEAD.pack_into(self._frame, 0, 0x80, PCMA, n & 0xffff, SAMPLES * n & 0xffffffff,
                       self._number)
        WORDS.pack_into(self._frame, HEAD.size, self._number, n)
        self.socket.sendto(self._frame, self._server)

    def hear(self, now):
        packet = self.socket.recv(2048)
        if len(packet) == len(self._frame) and \
                WORDS.unpack_from(packet, HEAD.size)[0] == self._partner:
            self.heard_at.append(now)
        else:
            self.foreign += 1

    def first(self):
        """When it first heard its partner."""
        return self.heard_at[0] if self.heard_at else 0.0

    def silence(self, since):
        """The longest time it heard nothing, of those that ended after an instant: its begin and
        end. None: it has heard nothing since."""
        first = bisect.bisect(self.heard_at, since)
        steps = range(max(1, first), len(self.heard_at))
        if not steps:
            return None
        longest = max(steps, key=lambda n: self.heard_at[n] - self.heard_at[n - 1])
        return self.heard_at[longest - 1], self.heard_at[longest]


class Voices(threading.Thread):
    """All sides, talking from when they join until this is left."""

    def __init__(self):
        super().__init__(daemon=True)
        self._sides, self._by_socket = [], {}
        self._ears, self._over = select.epoll(), threading.Event()
        self._said_at = array.array("d")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self.join()
        self._ears.close()
        for side in self._sides:
            side.socket.close()

    def join_in(self, sides):
        for side in sides:
            self._by_socket[side.socket.fileno()] = side
            self._ears.register(side.socket, select.EPOLLIN)
        self._sides = [*self._sides, *sides]  # the thread may be in the midst of the list

    def run(self):
        due = time.monotonic()
        while not self._over.is_set():
            if time.monotonic() >= due:
                self._speak()
                due += FRAME_S
            for number, _ in self._ears.poll(max(0, due - time.monotonic())):
                self._by_socket[number].hear(time.time())

    def share(self, side, begin, end):
        """How much of what its partner said between two instants that side has heard."""
        said, heard = ((bisect.bisect(times, end) - bisect.bisect(times, begin))
                       for times in (self._said_at, side.heard_at))
        return min(1, heard / max(1, said))  # a frame may be on its way at either end

    def _speak(self):
        self._said_at.append(time.time())
        for side in self._sides:
            side.say(len(self._said_at))
