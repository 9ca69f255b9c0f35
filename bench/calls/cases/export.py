"""Calls at 500/s while somebody exports all records again and again: what that adds to set-up.
--records DIR: of a database that bench_export has filled; a million take longer than a load."""

import contextlib
import dataclasses
import subprocess
import threading

import machine
import servers
from report import Row, Wish, print_rows
from rig import say

RATE = 500
FILL_RATE, FILL_S = 1000, 30  # records for the export to read
MOST_ADDED_MS = 1


def measure(rig):
    alone, beside = [], []
    server = rig.hotlined()
    with rig.running(server, records=rig.options.records) as started:
        fill_s = 4 if rig.options.records else FILL_S
        rig.warm_up([started], servers.PLAIN, FILL_RATE, fill_s)
        for turn in range(rig.options.rounds):
            alone.append(rig.measure(f"round {turn + 1}: alone", server, servers.PLAIN, RATE))
            beside.append(beside_export(rig, server, turn))
    rows = [Row("alone", server.name, alone)]
    rows.append(Row("beside an export", server.name, beside, rows[0]))
    print_rows(f"Calls, {RATE}/s, beside an export of all records", rows)
    for what, delay in (("INVITE→INVITE", lambda one: one.invite[1]),
                        ("INVITE→200", lambda one: one.answer[1])):
        before, after = (row.middle(delay) for row in rows)
        yield Wish(f"an export adds less than {MOST_ADDED_MS} ms to {what} p99 ({RATE}/s)",
                   f"{after - before:+.2f} ms", after - before < MOST_ADDED_MS, tuple(rows))


def beside_export(rig, server, turn):
    """One load, of which what the exports themselves use is not counted as others'."""
    machine.wait_until_quiet(25, 5)
    with exporting(rig, server) as done:
        result = rig.offer(server, servers.PLAIN, RATE)
    say(f"round {turn + 1}: beside {len(done)} whole exports, {server.name}, {RATE}/s: "
        f"CPU {result.cpu_ms:.3f} ms, {result.failed} failed")
    return dataclasses.replace(result, other=0)


@contextlib.contextmanager
def exporting(rig, server):
    """Exports one after the other until its `with` ends. Yields a list that grows with each."""
    done, ends = [], threading.Event()

    def work():
        while not ends.is_set():
            out = server.run / "records.csv"
            ran = subprocess.run([server.ctl, "--config", server.run / "config", "cdr", "export",
                                  "-o", out], capture_output=True, check=False, text=True)
            if ran.returncode != 0:
                say(f"export failed: {ran.stderr[-300:]}")
                return
            done.append(out.stat().st_size)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield done
    finally:
        ends.set()
        thread.join()
