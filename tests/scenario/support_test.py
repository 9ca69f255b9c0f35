#!/usr/bin/env python3
"""The harness itself: what agrees, what does not, and how templates are filled."""

import pathlib
import random
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from support.expect import differences  # noqa: E402  (needs the path above)
from support.mutate import spoil  # noqa: E402
from support.tcp import take  # noqa: E402
from support.template import MissingValue, fill, fill_xml  # noqa: E402
from support.trace import Message  # noqa: E402

# expected, actual, do they agree?
COMPARED = [
    ({"a": 1}, {"a": 1, "b": 2}, True),
    ({"a": 1, "b": 2}, {"a": 1}, False),
    ({"a": None}, {"a": None}, True),
    ({"a": None}, {}, False),
    (1, 1, True),
    (1, "1", False),
    (1, True, False),
    ("0.300", "0.3", False),
    ([1, 2], [1, 2], True),
    ([1, 2], [2, 1], False),
    ([1], [1, 2], False),
    ([], [], True),
    ([], None, False),
    ({"between": [1, 3]}, 3, True),
    ({"between": [1, 3]}, 4, False),
    ({"between": [1, 3]}, "2", False),
    ({"matches": "a+"}, "aaa", True),
    ({"matches": "a+"}, "aaab", False),
    ({"matches": "a+"}, None, False),
    ({"any_order": [{"a": 1}, {"a": 2}]}, [{"a": 2, "b": 0}, {"a": 1}], True),
    ({"any_order": [{"a": 1}, {"a": 1}]}, [{"a": 1}, {"a": 2}], False),
    ({"any_order": [{"a": 1}]}, [{"a": 1}, {"a": 2}], False),
    ({"a": [{"b": {"between": [0, 1]}}]}, {"a": [{"b": 0.5}]}, True),
]


class Expect(unittest.TestCase):
    """One verdict a row."""

    def test_rows(self):
        for expected, actual, agrees in COMPARED:
            with self.subTest(expected=expected, actual=actual):
                self.assertEqual(not differences(expected, actual), agrees)

    def test_says_where(self):
        (found,) = differences({"cdrs": [{"charge": "0.300"}]}, {"cdrs": [{"charge": "0.6"}]})
        self.assertTrue(found.startswith(".cdrs[0].charge: expected '0.300'"), found)


class Spoil(unittest.TestCase):
    """What is spoiled at random comes again from its seed, and names no host elsewhere."""

    RAW = (b"INVITE sip:4001234567@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2;branch=1\r\n"
           b"From: <sip:1@127.0.0.2>;tag=a\r\nTo: <sip:2@127.0.0.1>\r\nCSeq: 1 INVITE\r\n"
           b"Contact: <sip:1@127.0.0.2:5060>\r\nContent-Length: 5\r\n\r\nv=0\r\n")

    def spoiled(self, seed):
        source = random.Random(seed)
        return [spoil(source, self.RAW, self.RAW) for _ in range(1000)]

    def test_again_from_its_seed(self):
        self.assertEqual(self.spoiled(7), self.spoiled(7))
        self.assertNotEqual(self.spoiled(7), self.spoiled(8))

    def test_stays_here(self):
        for raw in self.spoiled(9):
            self.assertTrue(raw)
            for host in re.findall(rb"\d+\.\d{1,3}\.\d{1,3}\.\d{1,3}", raw):
                self.assertTrue(host.startswith(b"127."), raw)


class Take(unittest.TestCase):
    """Whole messages off a stream."""

    def test_in_pieces_and_together(self):
        one = b"SIP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"
        self.assertEqual(take(one[:-1]), (b"", one[:-1]))
        self.assertEqual(take(b"\r\n" + one + one), (one, one))


class Template(unittest.TestCase):
    """Placeholders, empty lines and attributes, messages taken in."""

    def test_fills(self):
        self.assertEqual(fill("a {{b}} c\n{{d}}\n\ne", {"b": 1, "d": ""}), "a 1 c\n\ne")
        self.assertEqual(fill('<send next="{{n}}">', {"n": ""}), "<send>")
        with self.assertRaises(MissingValue):
            fill("{{nobody}}", {})

    def test_takes_messages_in(self):
        text = fill_xml('  {{> reply line="486 Busy Here"}}', {})
        self.assertIn("SIP/2.0 486 Busy Here\n", text)
        self.assertNotIn("{{", text)


class Trace(unittest.TestCase):
    """A message's parts."""

    def test_reads_a_message(self):
        raw = b"INVITE sip:desk@h SIP/2.0\r\nTo: <sip:x>\r\nCall-ID: 7\r\n\r\nv=0"
        message = Message(raw, False, 0)
        self.assertEqual((message.method, message.user, message.call), ("INVITE", "desk", "7"))
        self.assertEqual(message.body, "v=0")
        self.assertIsNone(message.header("Reason"))


if __name__ == "__main__":
    unittest.main()
