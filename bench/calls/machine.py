"""What the machine does meanwhile, and what it is: CPU, memory, ports, a name for the report."""

import datetime
import os
import pathlib
import platform
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")


class BenchFailed(Exception):
    """Something that is needed for a figure is not there or did not work: one sentence why."""


def busy_percent(seconds=1.0):
    """CPU in use by everybody, in percent of one core."""
    before = busy_ticks()
    time.sleep(seconds)
    return (busy_ticks() - before) / TICKS / seconds * 100


def busy_ticks():
    with open("/proc/stat", encoding="ascii") as stat:
        user, nice, system, _, _, irq, soft = map(int, stat.readline().split()[1:8])
    return user + nice + system + irq + soft


def wait_until_quiet(limit, most_seconds):
    """Returns when less than that is in use, or when the time is over."""
    end = time.monotonic() + most_seconds
    while busy_percent() >= limit and time.monotonic() < end:
        pass


def resident_bytes(pids):
    """RSS and PSS of these processes together; pages that they share count once in PSS."""
    sums = {"Rss:": 0, "Pss:": 0}
    for pid in pids:
        try:
            rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError as failed:
            raise BenchFailed(f"the server is gone: {failed}") from None
        for line in rollup.split("\n")[1:]:
            words = line.split()
            if words and words[0] in sums:
                sums[words[0]] += int(words[1]) * 1024
    return sums["Rss:"], sums["Pss:"]


_PORTS = iter(range(20000 + os.getpid() % 100 * 100, 32000))


def free_ports(count):
    """UDP ports of 127.0.0.1 that nobody uses now, below those the kernel gives away. None is given
    twice: who has got one may not use it yet."""
    ports = []
    for port in _PORTS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            return ports
    raise BenchFailed("no free UDP ports on 127.0.0.1")


def description():
    """Date, commit and machine, as a report ends with them."""
    commit = _said("git", "-C", str(HERE), "rev-parse", "--short", "HEAD")
    if _said("git", "-C", str(HERE), "status", "--porcelain", "--untracked-files=no"):
        commit += " with changes"
    day = datetime.datetime.now().astimezone()
    return (f"{day:%Y-%m-%d %H:%M}, commit {commit or 'unknown'}, {os.cpu_count()} cores"
            f"{_model()}, Linux {platform.release()}")


def _model():
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as info:
        names = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
    return f" ({names[0]})" if names else ""


def _said(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
