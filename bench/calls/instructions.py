#!/usr/bin/env python3
"""Where a call's instructions go: hotlined under callgrind, thread by thread.

Usage: bench/calls/instructions.py --hotlined PATH --hotlinectl PATH [--rig DIR] [--rate 40]
                                   [--calls 400] [--top 20]
       (scripts/bench profile [OPTIONS])

Counted from the first INVITE until the last transaction's timers have run out, over ordinary calls
(INVITE, 180, 200, ACK, one second of talk, BYE) after a warm-up. Callgrind is some fifty times
slower than the machine, so the rate is low: what a batch shares at 1,000 calls/s (a commit, a
wake-up) is shared by few here. Read the call thread's figure, and the order of the functions.
"""

import collections
import dataclasses
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import command
import generator
import machine
import servers

TRANSACTIONS_S = 9  # timers of the last call's transactions: 8 s
COST = re.compile(r"^\s*([\d,]+) \(\s*[\d.]+%\)\s+(\S.*)$")
# What a thread is, by a function that only it calls.
ROLES = (("call thread", "su_base_port_run"),
         ("store's writer", "hotline::store::Writer::work_off"),
         ("log", "spdlog::details::thread_pool::worker_loop_"))


@dataclasses.dataclass
class Function:
    """One function's instructions in one thread."""

    cost: int
    name: str
    library: str


def main():
    options = read_options()
    command.end_on_signals()
    try:
        measure(options)
    except machine.BenchFailed as failed:
        sys.exit(f"bench: {failed}")


def read_options():
    parser = command.parser(__doc__)
    parser.add_argument("--rate", type=int, default=40, help="calls/s, default 40")
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--top", type=int, default=20, help="functions to print of each list")
    return command.parse(parser)


def measure(options):
    if not shutil.which("valgrind"):
        raise machine.BenchFailed("valgrind is not installed")
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as name:
        folder = pathlib.Path(name)
        program = generator.build(options.rig, folder)
        done = offer_calls(options, folder, program)
        print(f"{machine.description()}\n{done} calls at {options.rate}/s, instructions per call;")
        print("what the kernel does for it (sendmsg, epoll_wait, fsync) is not counted\n")
        threads = [Thread(file) for file in folder.glob("callgrind-*")]
        for thread in sorted(threads, key=lambda thread: -thread.total):
            thread.report(done, options.top)


def offer_calls(options, folder, program):
    """Runs hotlined under callgrind. Returns how many calls were counted."""
    under = ["valgrind", "--tool=callgrind", "--separate-threads=yes", "--instr-atstart=no",
             f"--callgrind-out-file={folder}/callgrind", f"--log-file={folder}/valgrind.log"]
    server = servers.Hotlined(options.hotlined, options.hotlinectl, prefix=under)
    with servers.running(server, folder) as running:
        offer(program, running, options.rate, options.rate * 3)
        time.sleep(TRANSACTIONS_S)
        count_instructions(running.pids[0], "on")
        result = offer(program, running, options.rate, options.calls)
        time.sleep(TRANSACTIONS_S)
        count_instructions(running.pids[0], "off")
    if result.failed:
        raise machine.BenchFailed(f"{result.failed} of {result.calls} calls failed: too slow a "
                                  f"machine for {options.rate} calls/s; try a lower --rate")
    return result.done


def offer(program, server, rate, calls):
    with generator.Load(program) as load:
        return load.start(server, servers.PLAIN, rate, calls, warm_s=0).result()


def count_instructions(pid, word):
    done = subprocess.run(["callgrind_control", "-i", word, str(pid)], capture_output=True,
                          text=True, timeout=60, check=False)
    if done.returncode != 0 or "OK" not in done.stdout:
        raise machine.BenchFailed(f"callgrind_control failed: {done.stdout} {done.stderr}")


class Thread:
    """What one thread did, from its file of callgrind's."""

    def __init__(self, file):
        self.own, self.whole = annotated(file), annotated(file, "--inclusive=yes")
        self.total = sum(function.cost for function in self.own)
        names = {function.name for function in self.whole}
        self.role = next((role for role, mark in ROLES if mark in names), "another thread")

    def report(self, calls, top):
        """Prints it; nothing where it did next to nothing."""
        if self.total < 1000 * calls:
            return
        print(f"{self.role}: {self.total / calls:,.0f} instructions a call")
        libraries = collections.Counter()
        for function in self.own:
            libraries[function.library] += function.cost
        print("  by library: " + ", ".join(
            f"{library} {cost / self.total:.0%}" for library, cost in libraries.most_common(5)))
        self._list("in itself", self.own[:top], calls)
        ours = [function for function in self.whole if not function.name.startswith("std::")]
        self._list("with all it calls", ours[:top], calls)
        print()

    def _list(self, title, functions, calls):
        print(f"\n  {title:>17}  share  function")
        for function in functions:
            print(f"  {function.cost / calls:>17,.0f} {function.cost / self.total:>6.1%}  "
                  f"{function.name}  [{function.library}]")


def annotated(file, *more):
    """The functions of one thread, the dearest first; what is inlined counts with its function."""
    text = subprocess.run(["callgrind_annotate", "--threshold=100", "--auto=no", *more, str(file)],
                          capture_output=True, text=True, check=True).stdout
    costs, libraries = collections.Counter(), {}
    for line in text.split("\n"):
        match = COST.match(line)
        if not match or match.group(2) == "PROGRAM TOTALS":
            continue
        place, path = re.fullmatch(r"(.*?)(?: \[(/[^]]*)\])?", match.group(2)).groups()
        name = bare(place.split(":", 1)[-1])
        if path:
            libraries[name] = path
        cost = int(match.group(1).replace(",", ""))
        # With all it calls, pieces of one function overlap: the largest holds the others.
        costs[name] = max(costs[name], cost) if more else costs[name] + cost
    names = Names()
    return [Function(cost, names.of(name, libraries.get(name, "")), short(libraries.get(name, "")))
            for name, cost in costs.most_common()]


def bare(name):
    """void a::F<int>::f(int) [clone .isra.0] → a::F::f."""
    name, before = name.replace("(anonymous namespace)", "anon").partition(" [")[0], ""
    while name != before:
        before, name = name, re.sub(r"<[^<>]*>|\([^()]*\)(?: const)?|\{lambda#\d+\}", "", name)
    return re.sub(r"::(?=::)", "", name).split(" ")[-1] or before


def short(path):
    """libc.so.6 → libc."""
    return re.sub(r"(-[\d.]+)?\.so.*", "", path.rsplit("/", 1)[-1]) or "?"


class Names:
    """Names for what a library does not export: the exported function before it, in its file."""

    def __init__(self):
        self._exported = {}

    def of(self, name, path):
        if not re.fullmatch(r"0x[0-9a-f]{8,}", name):
            return name
        address = int(name, 16)
        before = [known for at, known in self._symbols(path) if at <= address]
        return f"{address:#x}" + (f" (after {before[-1]})" if before else "")

    def _symbols(self, path):
        if path not in self._exported:
            said = subprocess.run(["nm", "-D", "--defined-only", "-n", path], capture_output=True,
                                  text=True, check=False).stdout
            rows = [line.split() for line in said.split("\n")]
            self._exported[path] = [(int(row[0], 16), row[2]) for row in rows
                                    if len(row) == 3 and row[1] in "TtWi"]
        return self._exported[path]


if __name__ == "__main__":
    main()
