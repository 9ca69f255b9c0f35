"""A hundred thousand messages of real dialogs, most of them spoiled at random, over UDP and TCP,
from callers and from phones: the same process lives, no leg is left, it has not grown, and every
call has exactly one record. With a sanitizer, a tenth of it. `--seed N` plays the same again."""

import random
import selectors
import socket
import time

from dialogs import Caller, Phone, header
from wires import PORT, Connection, Count, Datagrams

MESSAGES = 100_000
INSTRUMENTED = 10_000
# The first messages come faster than the rest, so that what the heap needs most at once is behind
# us when its growth is measured. Its loose ends and the cache of the store (16 MB a connection)
# still make it grow by up to thirty megabytes; a kilobyte lost with each message is more.
FIRST, FIRST_PER_S, PER_S = 0.6, 4_000, 2_000
MOST_GROWN_KB = 40_000
MOST_CALLERS = 150
OVER_TCP = 0.2
MOST_ON_ONE = 50  # messages on a phone's connection, for a spoiled one may swallow the others
CALM_S = 40  # hunting, the longest call and its BYE are over sooner
TRANSACTIONS_LAST_S = 9


def play(stage):
    print(f"seed {stage.seed}")
    hosts = {name: stage.reserve(name) for name in ("desk", "li")}
    stage.open(balance="100000.00")
    messages = INSTRUMENTED if stage.server.is_instrumented() else MESSAGES
    field = Field(stage, hosts)
    field.play(int(messages * FIRST), FIRST_PER_S)
    field.calm_down()
    before = stage.server.resident_kb()
    field.play(messages, PER_S)
    field.calm_down()
    grown = stage.server.resident_kb() - before
    print(f"{field.count.all} messages, {field.count.spoiled} of them spoiled; "
          f"{stage.counter('calls')} calls; {before} kB, then {grown} kB more")
    field.close()
    assert grown < MOST_GROWN_KB, f"{grown} kB more after the rest of the messages"
    recorded = sum(cdr["calls"] for cdr in stage.ctl.cdrs())
    arrived = stage.counter("calls") + stage.counter("turned_away")
    assert recorded == arrived, (recorded, arrived)
    stage.phone("desk")
    stage.call("talk", user="13800000002")


class Field:
    """Everybody who speaks to the server."""

    def __init__(self, stage, hosts):
        self._stage, self._server = stage, stage.server_host
        self._random = random.Random(stage.seed)
        self.count = Count()
        self._sides, self._live, self._begun, self._rung = {}, [], 0, 0
        self._calm = False
        self._watched = selectors.DefaultSelector()
        self._caller = Datagrams(stage.carrier, self._server, self.count)
        self._watch(self._caller)
        self._watch(Datagrams(hosts["desk"], self._server, self.count))
        self._li = hosts["li"]
        self._listener = socket.create_server((self._li, PORT))
        self._watched.register(self._listener, selectors.EVENT_READ, None)

    def play(self, messages, most_per_s):
        """Until so many messages have been sent in all."""
        began, sent, self._calm = time.monotonic(), self.count.all, False
        while self.count.all < messages:
            ahead = (self.count.all - sent) / most_per_s - (time.monotonic() - began)
            self._hear(max(ahead, 0))
            for _ in range(20):
                self._turn()
            code = self._stage.server.exit_code()
            assert code is None, f"the server has ended: {code}"

    def calm_down(self):
        """Everybody hangs up; then nothing is left of all calls."""
        self._calm = True
        for side in self._live:
            side.leave()
        self._live.clear()
        end = time.monotonic() + CALM_S
        while self._stage.counter("legs") and time.monotonic() < end:
            self._listen(1)
        assert not self._stage.counter("legs"), f"legs are left: {self._stage.ctl.calls()}"
        self._listen(TRANSACTIONS_LAST_S)
        self._sides.clear()

    def _listen(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._hear(0.1)

    def close(self):
        for key in list(self._watched.get_map().values()):
            self._watched.unregister(key.fileobj)
            key.fileobj.close()

    def _turn(self):
        callers = sum(isinstance(side, Caller) for side in self._live)
        if callers < MOST_CALLERS:
            return self._begin()
        place = self._random.randrange(len(self._live))
        side = self._live[place]
        side.turn()
        if side.over or side.wire.closed:
            self._live[place] = self._live[-1]
            self._live.pop()
            if isinstance(side, Caller) and side.wire is not self._caller:
                side.wire.close()
        return None

    def _begin(self):
        self._begun += 1
        seed = f"{self._stage.seed}.caller.{self._begun}"
        wire, dialled = self._caller, self._random.choice(("4001234567", "4001234568"))
        if self._random.random() < OVER_TCP:
            wire = Connection.to(self._server, self._stage.carrier, self.count)
            self._watch(wire)
        caller = Caller(seed, self._begun, wire, dialled, self._server)
        self._sides[caller.call_id] = caller
        self._live.append(caller)
        caller.begin()

    def _hear(self, seconds):
        """Takes what comes in that time, at least what is there."""
        for key, _ in self._watched.select(seconds):
            if key.data is None:
                accepted, _ = self._listener.accept()
                self._watch(Connection(accepted, self._li, PORT, self.count, MOST_ON_ONE))
                continue
            for raw in key.data.receive():
                self._take(key.data, raw)
            if key.data.closed:
                self._watched.unregister(key.fileobj)
                key.fileobj.close()

    def _take(self, wire, raw):
        call_id = header(raw, b"Call-ID")
        side = self._sides.get(call_id)
        if side is None and raw.startswith(b"INVITE"):
            self._rung += 1
            side = Phone(f"{self._stage.seed}.phone.{self._rung}", self._rung, wire, raw)
            self._sides[call_id] = side
            self._live.append(side)
        if side is not None:
            side.heard(raw, self._calm)

    def _watch(self, wire):
        self._watched.register(wire.socket, selectors.EVENT_READ, wire)
