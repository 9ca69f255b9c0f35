#!/usr/bin/env python3
"""The parts of the call rig that need no server: reading, choosing, searching, writing."""

import contextlib
import io
import math
import pathlib
import types
import unittest
from unittest import mock

import generator
import instructions
import machine
import report
import rig
import run
import servers
from cases import ceiling, turns

SAID = """\
RUN bench offered=500 actual=499.8 cps calls=3000 answered=2999 done=2998 failed=2 (0.0667%) x=1
  codes: 408=1 503=1
  window=4.00s done_in_window=2000 (500.0/s) srv_cpu=960ms (24.0% of a core) \
CPU_MS_PER_CALL=0.4800 gen_cpu=9.5% other_cpu=-1.5% steal=0.0% msgs_rx=1 tx=1
  INV->uasINV    n=2000 p50=0.311 p90=0.400 p99=0.623 p99.9=1.000 max=2.000 ms
  INV->18x       n=2000 p50=0.411 p90=0.500 p99=0.723 p99.9=1.100 max=2.100 ms
  INV->200       n=2000 p50=7.111 p90=9.000 p99=12.900 p99.9=15.000 max=20.000 ms
"""


def result(cpu_ms=0.5, other=0.0, failed=0, p99=1.0, actual=500.0):
    return generator.Result(calls=1000, done=1000 - failed, failed=failed, offered=500.0,
                            actual=actual, own=10.0, cpu_ms=cpu_ms, other=other,
                            invite=(0.3, p99), answer=(7.0, 12.0), codes="")


def printed(function, *arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        function(*arguments)
    return out.getvalue()


class Reading(unittest.TestCase):
    def test_the_generators_report(self):
        read = generator.parse(SAID)
        self.assertEqual((read.calls, read.done, read.failed), (3000, 2998, 2))
        self.assertEqual((read.offered, read.actual), (500, 499.8))
        self.assertEqual((read.cpu_ms, read.own, read.other), (0.48, 9.5, -1.5))
        self.assertEqual((read.invite, read.answer), ((0.311, 0.623), (7.111, 12.9)))
        self.assertEqual(read.codes, "408=1 503=1")

    def test_a_load_too_short_for_a_window(self):
        lines = [line for line in SAID.split("\n") if "window=" not in line and "INV->" not in line]
        read = generator.parse("\n".join(lines))
        self.assertTrue(math.isnan(read.cpu_ms) and math.isnan(read.invite[1]))

    def test_no_report(self):
        with self.assertRaises(machine.BenchFailed):
            generator.parse("bind: Address already in use")

    def test_clean(self):
        self.assertTrue(result(failed=0).is_clean)
        self.assertFalse(result(failed=1).is_clean)  # of 1,000: not fewer than one in a thousand
        self.assertFalse(result(actual=480).is_clean)

    def test_names_without_types(self):
        for name, wanted in (
            ("void a::F<std::vector<int>, 3>::f(std::map<int, int> const&) const", "a::F::f"),
            ("a::S::open()::{lambda(int)#1}::operator()(int) const [clone .isra.0]",
             "a::S::open::operator"),
            ("_int_malloc", "_int_malloc"),
            ("0x00000000000f59a0", "0x00000000000f59a0"),
        ):
            self.assertEqual(instructions.bare(name), wanted)


class Believing(unittest.TestCase):
    def test_a_row_leaves_disturbed_runs_out(self):
        row = report.Row("plain", "hotlined", [result(0.5), result(0.6), result(9.0, other=90)])
        self.assertAlmostEqual(row.cpu_ms, 0.55)
        self.assertEqual((row.mark, row.cells()[-1]), ("", "2 of 3"))

    def test_a_row_of_disturbed_runs_says_so(self):
        row = report.Row("plain", "hotlined", [result(9.0, other=90)])
        self.assertEqual(row.cells()[2], "9.000*")
        self.assertIn("other programs used", printed(report.print_rows, "T", [row]))
        wish = report.Wish("w", "f", True, (row,))
        self.assertEqual(wish.cells()[-1], "yes*")

    def test_repeats_until_undisturbed(self):
        bench = self._rig([result(other=90), result(other=10), result(other=0)])
        self.assertEqual(bench.measure("x", servers.Hotlined("", ""), "", 500).other, 10)
        self.assertEqual(bench.disturbed, 0)

    def test_after_the_repeats_the_least_disturbed(self):
        bench = self._rig([result(other=90), result(other=60), result(other=70), result(other=0)])
        self.assertEqual(bench.measure("x", servers.Hotlined("", ""), "", 500).other, 60)
        self.assertEqual(bench.disturbed, 1)

    def test_without_patience_no_repeat(self):
        bench = self._rig([result(other=90), result(other=0)], patience=0)
        self.assertEqual(bench.measure("x", servers.Hotlined("", ""), "", 500).other, 90)

    def _rig(self, results, patience=100):
        bench = rig.Rig(types.SimpleNamespace(patience=patience), None, None)
        bench.offer = mock.Mock(side_effect=results)
        for what in ("rig.machine.busy_percent", "rig.say"):
            patch = mock.patch(what, return_value=0)
            patch.start()
            self.addCleanup(patch.stop)
        return bench


class Tables(unittest.TestCase):
    def test_a_row_with_a_base_has_a_ratio(self):
        theirs = report.Row("plain, 500/s", "Kamailio", [result(0.5, p99=2.0)])
        ours = report.Row("plain, 500/s", "hotlined", [result(0.4, p99=1.0)], theirs)
        ratio = printed(report.print_rows, "T", [theirs, ours]).strip().split("\n")[-1]
        self.assertRegex(ratio, r"of Kamailio +\| 0\.80 +\| 1\.00 / 0\.50 ")
        self.assertEqual([wish.is_met for wish in turns.wishes(ours)], [True, True])

    def test_lines_are_of_one_width(self):
        lines = printed(report.print_table, "T", ["a", "longer"], [["text", "b"]]).split("\n")[3:-1]
        self.assertEqual(len({len(line) for line in lines}), 1, lines)


class Ceiling(unittest.TestCase):
    ROWS = (  # clean up to, found
        (10_000, 6000), (3200, 3000), (2500, 2500), (2499, 2000), (600, 500), (100, None))

    def test_search(self):
        for limit, wanted in self.ROWS:
            def tried(_, __, ___, rate, limit=limit, **_tries):
                return rate if rate <= limit else None

            with mock.patch("cases.ceiling.try_rate", tried):
                self.assertEqual(ceiling.highest_clean(None, None, None), wanted)


class Machine(unittest.TestCase):
    def test_ports_are_free_and_different(self):
        self.assertEqual(len({*machine.free_ports(5), *machine.free_ports(5)}), 10)

    def test_resident_memory_of_this_process(self):
        rss, pss = machine.resident_bytes(["self"])
        self.assertTrue(rss >= pss > 1_000_000)

    def test_every_case_is_explained(self):
        said = pathlib.Path(run.__file__).read_text(encoding="utf-8").split('"""')[1]
        for case in run.CASES:
            self.assertRegex(said, rf"\n(Cases:|      ) [a-z, ]*\b{case}\b")


if __name__ == "__main__":
    unittest.main()
