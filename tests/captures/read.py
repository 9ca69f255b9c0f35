#!/usr/bin/env python3
"""Reads captures of calls with tshark: what each caller was told by SIP, and the audio it got.

Usage: tests/captures/read.py FILE…
Exit: 0 each caller got one continuous stream and one and the same answer, 1 one did not,
2 a file cannot be read.

A stream is continuous where it has one SSRC, each packet has the next sequence number, and each
timestamp is 160 samples (20 ms) above the last. One exception, counted as a seam: another sender's
first packet (it has the marker bit) may say that more time has passed, where the capture's own
clock agrees (RFC 3550 §5.1).
"""

import dataclasses
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenario"))

from support.rtp import place_in  # noqa: E402  (needs the path above)
from support.trace import Message  # noqa: E402

FRAME = 160  # samples
RATE = 8000  # samples a second
CLOCKS_AGREE_S = 0.02  # between when a packet was made and when the kernel took it
MOST_NAMED = 5  # flaws of a stream that are told one by one

SIP_FIELDS = ("frame.time_epoch", "ip.src", "udp.srcport", "ip.dst", "udp.dstport", "udp.payload")
RTP_FIELDS = ("frame.time_epoch", "ip.src", "udp.srcport", "rtp.ssrc", "rtp.seq", "rtp.timestamp",
              "rtp.marker")
HEADINGS = ("flow", "call", "SIP to the caller", "answers", "SSRCs", "packets", "sequence gaps",
            "timestamp gaps", "seams", "longest interval")


class CannotRead(Exception):
    """There is no tshark, or the file is no capture of a call."""


@dataclasses.dataclass
class Packet:
    """What counts of an RTP packet, and when it was sent."""

    time: float
    ssrc: int
    sequence: int
    timestamp: int
    marker: bool


class Stream:
    """The audio that one caller got."""

    def __init__(self, packets):
        self.packets = packets
        self.ssrcs = sorted({packet.ssrc for packet in packets})
        self.sequence_gaps, self.timestamp_gaps, self.seams = [], [], []
        self.longest_s = 0.0
        for number, (last, this) in enumerate(zip(packets, packets[1:]), 2):
            self._compare(number, last, this)

    def _compare(self, number, last, this):
        elapsed = this.time - last.time
        self.longest_s = max(self.longest_s, elapsed)
        if this.sequence != (last.sequence + 1) & 0xffff:
            self.sequence_gaps.append(
                f"packet {number}: sequence number {this.sequence} after {last.sequence}")
        step = (this.timestamp - last.timestamp) & 0xffffffff
        if step == FRAME:
            return
        what = f"packet {number}: timestamp +{step} after {1000 * elapsed:.1f} ms"
        is_seam = this.marker and step > FRAME and abs(step / RATE - elapsed) <= CLOCKS_AGREE_S
        (self.seams if is_seam else self.timestamp_gaps).append(what)

    def flaws(self):
        """Why it is not continuous; none where it is."""
        several = [f"{len(self.ssrcs)} SSRCs"] if len(self.ssrcs) > 1 else []
        return several + self.sequence_gaps + self.timestamp_gaps


class Call:
    """A caller's INVITE, and what came back to it."""

    def __init__(self, invite, caller):
        self.invite, self.caller = invite, caller
        self.responses = []
        self.stream = Stream([])

    @property
    def name(self):
        """The beginning of its Call-ID."""
        return self.invite.call.partition("@")[0][:12]

    def answers(self):
        """The responses to the INVITE that describe our audio, early and in the end."""
        first = self.invite.header("CSeq")
        return [m for m in self.responses if m.header("CSeq") == first and body_of(m)]

    def compared(self):
        """How the answers compare, in a word."""
        answers = self.answers()
        if len(answers) < 2:
            return "one" if answers else "none"
        return "alike" if len({body_of(answer) for answer in answers}) == 1 else "DIFFER"

    def flaws(self):
        """Why all is not well; none where it is."""
        different = ["the answers differ"] if self.compared() == "DIFFER" else []
        return different + self.stream.flaws()


def body_of(message):
    """Its body, byte for byte."""
    return message.raw.partition(b"\r\n\r\n")[2]


def fields(file, shown, names, decode=()):
    """One tuple for each frame that tshark shows: the values of these fields."""
    command = ["tshark", "-n", "-r", str(file), "-Y", shown, "-T", "fields"]
    for name in names:
        command += ["-e", name]
    for rule in decode:
        command += ["-d", rule]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise CannotRead("tshark is not installed: scripts/install-packages captures") from None
    if done.returncode:
        raise CannotRead(f"tshark cannot read {file}:\n{done.stderr}")
    return [line.split("\t") for line in done.stdout.splitlines()]


def read_calls(file):
    """The calls of the server that is invited first, by Call-ID, in order."""
    calls, server = {}, None
    for time, source, source_port, to, to_port, payload in fields(file, "sip", SIP_FIELDS):
        message = Message(bytes.fromhex(payload), False, float(time))
        source, to = (source, source_port), (to, to_port)
        is_first = message.start_line.startswith("INVITE ") and "tag=" not in message.header("To")
        server = server or (to if is_first else None)
        if is_first and to == server:
            calls.setdefault(message.call, Call(message, source))
        call = calls.get(message.call)
        if message.is_response and source == server and call and to == call.caller:
            call.responses.append(message)
    if not calls:
        raise CannotRead(f"{file} holds no call")
    return list(calls.values())


def read_audio(file, calls):
    """Gives each answered call the packets that came from where its answer says."""
    places = {place_in(call.answers()[0]): [] for call in calls if call.answers()}
    rules = [f"udp.port=={port},rtp" for _, port in places]
    for row in fields(file, "rtp", RTP_FIELDS, rules) if places else ():
        time, source, port, ssrc, sequence, timestamp, marker = row
        place = places.get((source, int(port)))
        if place is not None:
            place.append(Packet(float(time), int(ssrc, 16), int(sequence), int(timestamp),
                                marker in ("1", "True")))
    for call in calls:
        if call.answers():
            call.stream = Stream(places[place_in(call.answers()[0])])


def print_call(call):
    """The ladder, the answers, the stream and the verdict."""
    print(f"  call {call.name}")
    for m in call.responses:
        size = f", {len(body_of(m))} bytes of SDP" if body_of(m) else ""
        line = m.start_line.removeprefix("SIP/2.0 ")
        print(f"    {m.time - call.invite.time:8.3f} s  {line} ({m.method}){size}")
    for body in dict.fromkeys(body_of(answer) for answer in call.answers()):
        statuses = [str(answer.status) for answer in call.answers() if body_of(answer) == body]
        alike = ", the same byte for byte" if len(statuses) > 1 else ""
        print(f"    answer in {' and '.join(statuses)}{alike}:")
        for line in body.decode(errors="replace").splitlines():
            print(f"      {line}")
    print_stream(call.stream)
    flaws = call.flaws()
    for flaw in flaws[:MOST_NAMED]:
        print(f"    {flaw}")
    good = "one continuous stream" if call.stream.packets else "no audio came from us"
    print(f"    verdict: {f'WRONG, {len(flaws)} flaws' if flaws else good}\n")


def print_stream(stream):
    """Its figures in one line, and each seam."""
    if not stream.packets:
        return
    print(f"    SSRC {', '.join(f'0x{ssrc:08x}' for ssrc in stream.ssrcs)}: "
          f"{len(stream.packets)} packets, {len(stream.sequence_gaps)} sequence gaps, "
          f"{len(stream.timestamp_gaps)} timestamp gaps, {len(stream.seams)} seams, "
          f"longest interval {1000 * stream.longest_s:.1f} ms")
    for seam in stream.seams:
        print(f"    seam at {seam}")


def row_of(flow, call):
    """A call's line in the table; a status that came again is there once."""
    stream = call.stream
    ladder = dict.fromkeys(str(m.status) for m in call.responses if m.method == "INVITE")
    counts = [len(each) for each in (stream.ssrcs, stream.packets, stream.sequence_gaps,
                                     stream.timestamp_gaps, stream.seams)]
    return (flow, call.name, " → ".join(ladder), call.compared(), *counts,
            f"{1000 * stream.longest_s:.1f} ms")


def read(file):
    """Prints what one capture holds. Returns its lines of the table, and whether all is well."""
    calls = read_calls(file)
    read_audio(file, calls)
    print(file.stem)
    for call in calls:
        print_call(call)
    heard = any(call.stream.packets for call in calls)
    if not heard:
        print(f"  WRONG: no caller of {file.stem} got any audio\n")
    rows = [row_of(file.stem, call) for call in calls]
    return rows, heard and not any(call.flaws() for call in calls)


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    table, all_is_well = [HEADINGS, ["---"] * len(HEADINGS)], True
    try:
        for file in sys.argv[1:]:
            rows, is_well = read(pathlib.Path(file))
            table += rows
            all_is_well = all_is_well and is_well
    except CannotRead as why:
        print(why, file=sys.stderr)
        return 2
    for row in table:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    print(f"\nverdict: {'continuous, and answered alike' if all_is_well else 'WRONG, see above'}")
    return 0 if all_is_well else 1


if __name__ == "__main__":
    sys.exit(main())
