#!/usr/bin/env python3
"""The parts of the media bench that need no relay: reading, comparing, writing."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "calls"))
# pylint: disable=wrong-import-position
import machine
import measure
import relays


def result(**different):
    values = {"packets": 80_000, "lost": 0, "delay": (0.4, 0.7, 2.0), "jitter": (0.3, 0.4),
              "cpu_us": 7.0, "core_percent": 7.0, "other": 3.0, "seconds": 8.0}
    return measure.Result(**(values | different))


class Ng(unittest.TestCase):
    def test_the_form_of_rtpengines_words(self):
        self.assertEqual(relays.bencoded({"b": "xy", "a": ""}), b"d1:a0:1:b2:xye")

    def test_an_answer_has_a_port_or_says_what_is_wrong(self):
        self.assertEqual(relays.port_in(b"1 d3:sdp9:m=audio 20002 RTP/AVP 8e"), 20002)
        with self.assertRaisesRegex(machine.BenchFailed, "no such call"):
            relays.port_in(b"1 d6:result5:error12:no such calle")

    def test_a_description_names_the_port(self):
        self.assertIn("m=audio 4000 RTP/AVP 8\r\n", relays.sdp(4000))


class Figures(unittest.TestCase):
    def test_the_generators_line(self):
        one = measure._result("1000 990 10 400.0 700.0 2000.0 300.0 400.0", [0.0099, 1, 3], 2, True)
        self.assertEqual((one.packets, one.lost, one.delay), (990, 10, (0.4, 0.7, 2.0)))
        self.assertAlmostEqual(one.cpu_us, 10)
        self.assertAlmostEqual(one.other, (3 - 1 - 0.0099) / 2 * 100)
        with self.assertRaises(machine.BenchFailed):
            measure._result("", [0, 0, 0], 2, True)

    def test_the_middle_of_three(self):
        middle = measure.Middle("hotlined", 100, [result(cpu_us=cpu, lost=cpu)
                                                  for cpu in (9, 5, 6)])
        self.assertEqual(middle.cpu_us, 6)
        self.assertEqual(middle.cells(), ["100", "10,000", "hotlined", "6.00", "7.0",
                                          "0.40 / 0.70 / 2.00", "0.30 / 0.40", "9 5 6", "3 3 3"])

    def test_disturbed_rounds_are_left_out_if_others_are_not(self):
        quiet, loud = result(cpu_us=5, other=1), result(cpu_us=9, other=150)
        self.assertEqual(measure.Middle("hotlined", 100, [loud, quiet, loud]).cpu_us, 5)
        all_loud = measure.Middle("hotlined", 100, [loud, loud])
        self.assertEqual((all_loud.cpu_us, all_loud.cells()[2]), (9, "hotlined*"))

    def test_wishes_are_of_what_the_relay_adds(self):
        nobody = measure.Middle("nobody", 100, [result(delay=(0, 0.1, 1), jitter=(0, 0.1))])
        ours = measure.Middle("hotlined", 100, [result(delay=(0.4, 1.05, 2), jitter=(0.3, 0.7))])
        peer = measure.Middle("rtpengine", 100, [result(cpu_us=8.0)])
        met = [wish.is_met for wish in measure.relay_wishes([nobody, ours, peer])]
        self.assertEqual(met, [True, False, False])
        self.assertEqual(len(list(measure.relay_wishes([nobody, ours]))), 2)

    def test_recording_is_measured_against_the_same_calls(self):
        plain = measure.Middle("relayed", 100, [result(cpu_us=8)])
        for cpu, is_met in ((12, True), (12.1, False)):
            wish = measure.recording_wish(plain, measure.Middle("too", 100, [result(cpu_us=cpu)]))
            self.assertEqual(wish.is_met, is_met)


if __name__ == "__main__":
    unittest.main()
