#!/usr/bin/env python3
"""The reading of captures can fail: a stream with one flaw of each kind, and an answer that differs
by one byte."""

import unittest

from read import Call, Message, Packet, Stream


def packets(count=100):
    """A stream without a flaw, whose sequence numbers and timestamps both begin again at 0."""
    return [Packet(0.02 * n, 7, (0xffd0 + n) & 0xffff, (0xffffff00 + 160 * n) & 0xffffffff, n == 0)
            for n in range(count)]


def later(some, at, seconds=0.0, marker=False, ssrc=7):
    """From that packet on timestamps are 50 ms ahead; the packets themselves come later, too."""
    for packet in some[at:]:
        packet.time += seconds
        packet.timestamp = (packet.timestamp + 400) & 0xffffffff
        packet.ssrc = ssrc
    some[at].marker = marker
    return some


def without(some, at):
    return some[:at] + some[at + 1:]


def twice(some, at):
    return some[:at] + some[at:at + 1] + some[at:]


def swapped(some, at):
    return some[:at] + [some[at + 1], some[at]] + some[at + 2:]


# what was sent; SSRCs, sequence gaps, timestamp gaps, seams
STREAMS = [
    (packets(), (1, 0, 0, 0)),
    (without(packets(), 50), (1, 1, 1, 0)),
    (twice(packets(), 50), (1, 1, 1, 0)),
    (swapped(packets(), 50), (1, 3, 3, 0)),
    (later(packets(), 50, seconds=0.05, marker=True), (1, 0, 0, 1)),
    (later(packets(), 50, seconds=0.05), (1, 0, 1, 0)),
    (later(packets(), 50, marker=True), (1, 0, 1, 0)),
    (later(packets(), 50, seconds=0.05, marker=True, ssrc=8), (2, 0, 0, 1)),
]


class Streams(unittest.TestCase):
    """One verdict a row."""

    def test_rows(self):
        for number, (sent, expected) in enumerate(STREAMS):
            with self.subTest(row=number):
                got = Stream(sent)
                counts = (got.ssrcs, got.sequence_gaps, got.timestamp_gaps, got.seams)
                self.assertEqual(tuple(len(each) for each in counts), expected)
                self.assertEqual(bool(got.flaws()), expected[:3] != (1, 0, 0))


class Answers(unittest.TestCase):
    """A call answered early and in the end."""

    def call(self, early, final):
        heads = ("INVITE sip:4@h SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n",
                 f"SIP/2.0 183 Early\r\nCSeq: 1 INVITE\r\n\r\n{early}",
                 f"SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n{final}")
        invite, *responses = (Message(head.encode(), False, 0.0) for head in heads)
        call = Call(invite, ("h", "5060"))
        call.responses = responses
        return call

    def test_alike_or_not(self):
        self.assertEqual(self.call("v=0\r\n", "v=0\r\n").flaws(), [])
        self.assertEqual(self.call("v=0\r\n", "v=0\n").flaws(), ["the answers differ"])


if __name__ == "__main__":
    unittest.main()
