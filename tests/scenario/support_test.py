#!/usr/bin/env python3
"""The harness itself: what agrees, what does not, and how templates are filled."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from support.expect import differences  # noqa: E402  (needs the path above)
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
