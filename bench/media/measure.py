"""One load through a relay, and what it met."""

import dataclasses
import math
import pathlib
import statistics
import subprocess
import time

import machine
from machine import BenchFailed
from report import Wish
from rig import DISTURBED, QUIET

HEADS = ["calls", "packets/s", "relay", "CPU µs a packet", "% of a core",
         "delay p50 / p99 / most ms", "jitter mean / p99 ms", "lost", "others %"]


@dataclasses.dataclass
class Result:
    """Of the seconds that count."""

    packets: int     # that came out of the relay
    lost: int
    delay: tuple     # ms: p50, p99, most
    jitter: tuple    # ms: mean, p99 of the streams
    cpu_us: float    # the relay's, a packet
    core_percent: float
    other: float     # percent of a core that neither relay nor generator used
    seconds: float


class Middle:
    """Some runs of one load: what they had in the middle, those left out that others disturbed."""

    def __init__(self, name, calls, results):
        self.name, self.calls, self.results = name, calls, results
        quiet = [one for one in results if one.other < DISTURBED]
        self.used, self.mark = quiet or results, "" if quiet else "*"

    def _of(self, value):
        return statistics.median(map(value, self.used))

    @property
    def cpu_us(self):
        return self._of(lambda one: one.cpu_us)

    @property
    def core_percent(self):
        return self._of(lambda one: one.core_percent)

    @property
    def delay(self):
        return [self._of(lambda one, i=i: one.delay[i]) for i in range(3)]

    @property
    def jitter(self):
        return [self._of(lambda one, i=i: one.jitter[i]) for i in range(2)]

    def cells(self):
        rate = self._of(lambda one: one.packets / one.seconds)
        return [str(self.calls), f"{rate:,.0f}", self.name + self.mark,
                "" if math.isnan(self.cpu_us) else f"{self.cpu_us:.2f}",
                "" if math.isnan(self.core_percent) else f"{self.core_percent:.1f}",
                " / ".join(f"{value:.2f}" for value in self.delay),
                " / ".join(f"{value:.2f}" for value in self.jitter),
                " ".join(str(one.lost) for one in self.results),
                " ".join(f"{one.other:.0f}" for one in self.results)]


def relay_wishes(middles):
    """Of nobody, hotlined and, if it is there, rtpengine at one number of calls."""
    nobody, ours, *peers = middles
    p99 = ours.delay[1] - nobody.delay[1]
    jitter = ours.jitter[1] - nobody.jitter[1]
    yield Wish(f"{ours.calls} calls: added delay p99 < 1 ms", f"{p99:.2f} ms", p99 < 1, (ours,))
    yield Wish(f"{ours.calls} calls: added jitter < 0.5 ms", f"{jitter:.2f} ms", jitter < 0.5,
               (ours,))
    for peer in peers:
        ratio = ours.cpu_us / peer.cpu_us
        yield Wish(f"{ours.calls} calls: CPU a packet ≤ 0.8 × (aim 0.6 ×) rtpengine's",
                   f"{ratio:.2f}", ratio <= 0.8, (ours, peer))


def recording_wish(plain, recorded):
    """Of the same calls, relayed and recorded as well."""
    more = (recorded.cpu_us / plain.cpu_us - 1) * 100
    return Wish(f"{plain.calls} calls: recording adds ≤ 50 % CPU", f"{more:.0f} %", more <= 50,
                (plain, recorded))


def talk(options, relay, calls, prefix=()):
    """Calls of two phones through the relay."""
    return _load(options, relay, ["talk", str(calls)], calls, prefix)


def hear(options, relay, callers):
    """Callers that only listen."""
    return _load(options, relay, ["listen", str(callers)], callers, ())


def _load(options, relay, words, lines, prefix):
    if options.patience.left > 0:
        with options.patience.spent():
            machine.wait_until_quiet(QUIET, min(10, options.patience.left))
    command = [*prefix, *options.first, options.load, *words, str(options.seconds)]
    load = subprocess.Popen(command, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        _connect(load, relay, lines)
        _expect(load, "begin")
        before, begin = _cpu_now(load, relay), time.monotonic()
        _expect(load, "end")
        after, seconds = _cpu_now(load, relay), time.monotonic() - begin
        return _result(load.stdout.readline(), [b - a for a, b in zip(before, after)], seconds,
                       bool(relay.pids))
    finally:
        load.kill()
        load.wait()


def _connect(load, relay, lines):
    ports = [load.stdout.readline().strip() for _ in range(lines)]
    load.stdin.write("\n".join(relay.calls(ports)) + "\n")
    load.stdin.flush()


def _expect(load, word):
    if (said := load.stdout.readline().strip()) != word:
        raise BenchFailed(f"the generator says “{said}”, not “{word}”")


def _result(line, used, seconds, is_relayed):
    numbers = [float(word) for word in line.split()]
    if len(numbers) != 8:
        raise BenchFailed("the generator has ended early")
    _, packets, lost, *times = numbers
    ms = [value / 1000 for value in times]
    relay_s, load_s, all_s = used
    return Result(
        packets=int(packets), lost=int(lost), delay=tuple(ms[:3]), jitter=tuple(ms[3:]),
        cpu_us=relay_s * 1e6 / max(packets, 1) if is_relayed else math.nan,
        core_percent=relay_s / seconds * 100 if is_relayed else math.nan,
        other=(all_s - relay_s - load_s) / seconds * 100, seconds=seconds)


def _cpu_now(load, relay):
    """Seconds of CPU used so far: by the relay, the generator, everybody."""
    return (sum(map(_cpu_of, relay.pids)), _cpu_of(load.pid),
            machine.busy_ticks() / machine.TICKS)


def _cpu_of(pid):
    tasks = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9


def memory(options, relay, calls):
    """kB a call in the process, and in the kernel's slabs (everybody's: quiet machines only)."""
    load = subprocess.Popen([options.load, "talk", str(calls), "2"], text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        ports = [load.stdout.readline().strip() for _ in range(calls)]
        before = _memory_now(relay)
        where = relay.calls(ports)
        opened = _memory_now(relay)
        load.stdin.write("\n".join(where) + "\n")
        load.stdin.flush()
        _expect(load, "begin")
        _expect(load, "end")
        resident = max(_memory_now(relay)[0], opened[0])
        return (resident - before[0]) / calls, (opened[1] - before[1]) / calls
    finally:
        load.kill()
        load.wait()


def _memory_now(relay):
    resident, _ = machine.resident_bytes(relay.pids)
    info = pathlib.Path("/proc/meminfo").read_text(encoding="ascii").split("\n")
    slab = next(int(line.split()[1]) for line in info if line.startswith("Slab:"))
    return resident / 1024, slab
