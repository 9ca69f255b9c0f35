"""One measurement on a quiet machine: a server that runs, a load, and what it met."""

import contextlib
import dataclasses
import sys
import time

import machine
import servers
from generator import END_S, Load

QUIET, DISTURBED = 25, 40  # percent of a core that others use: begin below, believe below
WARM_S = 2                 # a second for the first calls to end, one to settle
REPEATS = 2


class Patience:
    """What may be spent on waiting for quiet and on repeats, so that the whole has an end."""

    def __init__(self, seconds):
        self.left = seconds

    @contextlib.contextmanager
    def spent(self):
        begin = time.monotonic()
        yield
        self.left -= time.monotonic() - begin


class Rig:
    """Starts servers on a folder of its own, and offers them calls."""

    def __init__(self, options, folder, program):
        self.options, self.folder, self.program = options, folder, program
        self.patience = Patience(options.patience)
        self.disturbed = 0

    def hotlined(self, prefix=()):
        return servers.Hotlined(self.options.hotlined, self.options.hotlinectl,
                                self.options.log_level, prefix,
                                media=self.options.media)

    def both(self):
        """hotlined and, where it is installed, Kamailio."""
        peers = [servers.Kamailio(self.options.rig)] if servers.Kamailio.version() else []
        return [self.hotlined(), *peers]

    def running(self, server, **more):
        return servers.running(server, self.folder, **more)

    def measure(self, what, server, hotline, rate, **how):
        """Offers calls (how: as in offer()); again where somebody else used the machine, and then
        the least disturbed."""
        best = None
        for turn in range(1 + REPEATS):
            self._wait_for_quiet()
            begin = time.monotonic()
            result = self.offer(server, hotline, rate, **how)
            say(f"{what}, {server.name}, {rate}/s: CPU {result.cpu_ms:.3f} ms, "
                f"{result.failed} failed, others {result.other:.0f} %")
            best = min(filter(None, (best, result)), key=lambda one: one.other)
            if not is_disturbed(result):
                break
            self.patience.left -= time.monotonic() - begin if turn else 0
            if self.patience.left <= 0:
                break
        self.disturbed += is_disturbed(best)
        return best

    def offer(self, server, hotline, rate, warm_s=WARM_S, seconds=None, which=0, prefix=(),
              beside=None, end_s=END_S):
        """One load. beside: the hotline of a second generator, at the same rate."""
        seconds = seconds or self.options.seconds
        calls = int(rate * (warm_s + seconds))
        with Load(self.program, which, prefix) as load, Load(self.program, 1) as other:
            if beside:
                other.start(server, beside, rate, calls, warm_s)
            result = load.start(server, hotline, rate, calls, warm_s, end_s=end_s).result()
            if not beside:
                return result
            second = other.result()
            # The server's CPU is for both; delays are the first one's alone.
            return dataclasses.replace(result, cpu_ms=result.cpu_ms / 2,
                                       other=result.other - second.own,
                                       failed=result.failed + second.failed)

    def warm_up(self, some, hotline, rate, seconds):
        """The same load for several servers at once, of which nothing is measured."""
        say(f"warming up, {rate}/s")
        with contextlib.ExitStack() as stack:
            loads = [stack.enter_context(Load(self.program)).start(
                server, hotline, rate, rate * seconds, warm_s=1) for server in some]
            for load in loads:
                load.result()

    def hold(self, server, calls, rate, talk_ms):
        """Begins calls that talk so long. Returns the load; leaving its `with` ends it."""
        return Load(self.program).start(server, servers.PLAIN, rate, calls, warm_s=1,
                                        talk_ms=talk_ms)

    def _wait_for_quiet(self):
        if machine.busy_percent(0.5) >= QUIET and self.patience.left > 0:
            with self.patience.spent():
                machine.wait_until_quiet(QUIET, min(10, self.patience.left))


def is_disturbed(result):
    return result.other >= DISTURBED


def say(text):
    """Progress, beside the report."""
    print(f"  {text}", file=sys.stderr, flush=True)
