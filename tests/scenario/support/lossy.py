"""A bad network: sockets whose datagrams are lost, doubled or held up by dice, in both directions.

It stands where a relay between a peer and the server would, without another hop: what a peer sends
passes the dice before the kernel gets it, what the kernel has passes them before the peer does.
"""

import dataclasses
import heapq
import itertools
import select
import socket
import struct
import time

from support.udp import SO_TIMESTAMP


@dataclasses.dataclass
class Odds:
    """How likely each thing happens to a datagram."""

    lost: float
    doubled: float = 0.02
    delayed: float = 0.02
    delay_s: float = 0.05


class Network:
    """Wires and timers of all peers, served by one thread."""

    def __init__(self):
        self._wires, self._due, self._order = {}, [], itertools.count()

    def wire(self, host, port, odds, dice):
        """A socket there. Its owner sets `hears`, and `sees` where it wants to know what came
        before the dice were thrown."""
        wire = Wire(self, host, port, odds, dice)
        self._wires[wire.fileno()] = wire
        return wire

    def after(self, seconds, act):
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), act))

    def run(self, is_over, seconds):
        """Until it is over. Returns whether it was in time."""
        end = time.monotonic() + seconds
        poll = select.poll()
        for number in self._wires:
            poll.register(number, select.POLLIN)
        while not is_over():
            now = time.monotonic()
            if now > end:
                return False
            while self._due and self._due[0][0] <= now:
                heapq.heappop(self._due)[2]()
            wait = min(self._due[0][0], end) - time.monotonic() if self._due else 0.1
            for number, _ in poll.poll(max(0, min(wait, 0.1)) * 1000):
                self._wires[number].receive()
        return True

    def close(self):
        for wire in self._wires.values():
            wire.close()


class Wire:
    """One socket in that network."""

    def __init__(self, network, host, port, odds, dice):
        self.host, self.port, self.count = host, port, {"lost": 0, "doubled": 0, "delayed": 0}
        self.hears = lambda raw, place: None
        self.sees = lambda raw, at: None
        self._network, self._odds, self._dice = network, odds, dice
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMP, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.bind((host, port))
        self._socket.setblocking(False)

    def fileno(self):
        return self._socket.fileno()

    def close(self):
        self._socket.close()

    def send(self, text, place):
        """Returns whether any of it will arrive."""
        raw = text.replace("\n", "\r\n").encode()
        return self._throw(lambda: self._socket.sendto(raw, place))

    def receive(self):
        """Takes all that is there."""
        while True:
            try:
                raw, extra, _, place = self._socket.recvmsg(65536, 64)
            except BlockingIOError:
                return
            (_, _, taken), = extra  # when the kernel took it, however late it is read
            seconds, microseconds = struct.unpack("qq", taken)
            self.sees(raw, seconds + microseconds / 1e6)
            self._throw(lambda raw=raw, place=place: self.hears(raw, place))

    def _throw(self, deliver):
        dice, odds = self._dice, self._odds
        copies = 1
        if dice.random() < odds.lost:
            self.count["lost"] += 1
            return False
        if dice.random() < odds.doubled:
            self.count["doubled"] += 1
            copies = 2
        for _ in range(copies):
            if dice.random() < odds.delayed:
                self.count["delayed"] += 1
                self._network.after(odds.delay_s, deliver)
            else:
                deliver()
        return True
