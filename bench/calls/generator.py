"""The load: sipload, built from the rig's source; callers and phones in one process."""

import dataclasses
import math
import re
import subprocess

from machine import BenchFailed

CALLERS = "139,138,186,177"  # mobiles: eight digits behind each
NUMBER = r"(-?[\d.]+)"


def build(rig, folder):
    """Compiles it. Returns the program's path."""
    source, program = rig / "sipload.c", folder / "sipload"
    done = subprocess.run(["gcc", "-O2", "-w", "-o", program, source], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise BenchFailed(f"{source} does not compile: {done.stderr[:500]}")
    return program

END_S = 60  # the generator itself gives calls up that are not over after 45 s


class Unfinished(BenchFailed):
    """Calls that nobody ended: the server is overwhelmed, or has lost them."""


@dataclasses.dataclass
class Result:
    """What one load met; times in ms, of calls begun after the warm-up."""

    calls: int
    done: int
    failed: int
    offered: float   # calls/s wanted
    actual: float    # … and reached
    own: float       # the generator's CPU, percent of one core
    cpu_ms: float    # the server's, per call done in the window
    other: float     # CPU of neither server nor generator, percent of one core
    invite: tuple    # p50, p99 from the caller's INVITE to the phone's
    answer: tuple    # p50, p99 from the caller's INVITE to its 200
    codes: str

    @property
    def is_clean(self):
        """Fewer than one call of a thousand failed, and the generator kept its rate."""
        return self.failed < 0.001 * self.calls and self.actual >= 0.985 * self.offered


class Load:
    """Calls offered at a steady rate, from start to end. The server is told of two generators."""

    def __init__(self, program, which=0, prefix=()):
        self.program, self.which, self.prefix = program, which, list(prefix)
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def start(self, server, hotline, rate, calls, warm_s, talk_ms=1000, end_s=END_S):
        """Every call is to be over so long after the last has talked."""
        ports = server.ports
        self.seconds = calls / rate + talk_ms / 1000 + end_s
        command = self.prefix + [
            self.program, "-r", rate, "-m", calls, "-h", talk_ms, "-w", warm_s,
            "-p", ",".join(map(str, server.pids)), "-n", hotline, "-s", ports.server,
            "-u", ports.callers[self.which], "-U", ports.phones[self.which], "-X", CALLERS]
        self._process = subprocess.Popen([str(word) for word in command], text=True,
                                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return self

    def result(self):
        """Waits for the end."""
        try:
            said, complaints = self._process.communicate(timeout=self.seconds)
        except subprocess.TimeoutExpired:
            raise Unfinished(f"calls did not end within {self.seconds:.0f} s") from None
        finally:
            self.end()
        if self._process.returncode != 0:
            raise BenchFailed(f"the generator failed: {complaints.strip()[:300]}")
        return parse(said)

    def end(self):
        """Ends it where it still runs; what it has found out is lost."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def parse(said):
    """Reads sipload's own report."""

    def found(pattern):
        match = re.search(pattern, said)
        return [float(word) for word in match.groups()] if match else None

    def number(pattern):
        values = found(pattern)
        if values is None:
            raise BenchFailed(f"the generator did not say {pattern}: {said[:300]}")
        return values[0]

    def of_window(pattern):
        return (found(pattern) or [math.nan])[0]  # a short load has no window

    def delays(name):
        values = found(rf"{name}\s+n=\d+ p50={NUMBER} p90=[\d.]+ p99={NUMBER}")
        return tuple(values) if values else (math.nan, math.nan)

    codes = re.search(r"^  codes:(.*)$", said, re.MULTILINE)
    return Result(
        calls=int(number(r" calls=(\d+)")),
        done=int(number(r" done=(\d+) failed")),
        failed=int(number(r" failed=(\d+)")), offered=number(rf"offered={NUMBER}"),
        actual=number(rf"actual={NUMBER}"),
        cpu_ms=of_window(rf"CPU_MS_PER_CALL={NUMBER}"),
        own=of_window(rf"gen_cpu={NUMBER}"), other=of_window(rf"other_cpu={NUMBER}"),
        invite=delays("INV->uasINV"),
        answer=delays("INV->200"), codes=codes.group(1).strip() if codes else "")
