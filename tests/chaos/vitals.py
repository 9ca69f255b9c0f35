"""How large the server is while it works: its memory and its open files, once a second."""

import pathlib
import statistics
import threading
import time

EVERY_S = 1


class Sample:
    """One look at one process."""

    def __init__(self, at, pid, resident_kb, files):
        self.at, self.pid, self.resident_kb, self.files = at, pid, resident_kb, files


class Vitals:
    """Looks once a second from its making until stop()."""

    def __init__(self, server):
        self._server, self._over = server, threading.Event()
        self.samples = []
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self):
        self._over.set()
        self._thread.join()

    def since_restart(self, until, warm_up_s=0):
        """What was seen of the last process up to that instant, without its first seconds."""
        of_last = [one for one in self.samples if one.pid == self.samples[-1].pid]
        begin = of_last[0].at + warm_up_s
        return [one for one in of_last if begin <= one.at <= until]

    def _watch(self):
        while not self._over.wait(EVERY_S):
            try:
                self.samples.append(look_at(self._server.pid))
            except (OSError, StopIteration):
                pass  # it is being killed or started


def look_at(pid):
    """StopIteration where it is dead already and not yet buried."""
    process = pathlib.Path(f"/proc/{pid}")
    status = (process / "status").read_text(encoding="ascii", errors="replace")
    resident_kb = next(int(line.split()[1]) for line in status.splitlines()
                       if line.startswith("VmRSS:"))
    return Sample(time.monotonic(), pid, resident_kb, len(list((process / "fd").iterdir())))


def growth_kb_per_s(samples):
    """The slope of the line through them."""
    line = statistics.linear_regression([one.at for one in samples],
                                        [one.resident_kb for one in samples])
    return line.slope


def series(samples, most=24):
    """Memory in MB, at most so many of the samples."""
    step = max(1, -(-len(samples) // most))
    return " ".join(f"{one.resident_kb / 1024:.1f}" for one in samples[::step])
