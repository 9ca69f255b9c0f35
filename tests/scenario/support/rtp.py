"""RTP spoken by hand: a side of a call that sends what it is told to and keeps what it hears."""

import re
import select
import socket
import struct
import time

PORT = 30000  # where the bare peers' descriptions want it
FRAME_S = 0.02
PCMA = 8
EVENTS = 101  # the type of keys in descriptions that have any


class Audio:
    """One side's audio socket."""

    def __init__(self, host, ssrc, port=PORT):
        self.host, self.ssrc, self._sequence = host, ssrc, 1000
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.bind((host, port))

    def send(self, place, mark, packets=1, pace_s=0.0):
        """Sends frames full of one mark to a place: (host, port)."""
        for _ in range(packets):
            self._sequence += 1
            head = struct.pack("!BBHII", 0x80, PCMA, self._sequence & 0xffff,
                               160 * self._sequence & 0xffffffff, self.ssrc)
            self._socket.sendto(head + bytes([mark]) * 160, place)
            if pace_s:
                time.sleep(pace_s)

    def press(self, place, key):
        """A key of 100 ms, as RFC 4733 has it: five packets that grow, and its end three times."""
        self._sequence += 1
        timestamp = 160 * self._sequence & 0xffffffff
        for n, is_end in enumerate([False] * 5 + [True] * 3):
            self._sequence += 1
            head = struct.pack("!BBHII", 0x80, EVENTS | (0x80 if n == 0 else 0),
                               self._sequence & 0xffff, timestamp, self.ssrc)
            body = struct.pack("!BBH", key, 10 | (0x80 if is_end else 0), 160 * min(n + 1, 5))
            self._socket.sendto(head + body, place)
            time.sleep(FRAME_S)

    def packets(self, seconds):
        """All that comes within that time."""
        packets, end = [], time.monotonic() + seconds
        while select.select([self._socket], [], [], max(0, end - time.monotonic()))[0]:
            packets.append(self._socket.recv(2048))
        return packets

    def heard(self, seconds=0.3):
        """The marks of the frames that come within that time."""
        return [packet[12] if len(packet) > 12 else None for packet in self.packets(seconds)]

    def close(self):
        self._socket.close()


def talk(one, its_place, other, other_place, packets):
    """Both speak at once, as in a call."""
    for _ in range(packets):
        one.send(its_place, 1)
        other.send(other_place, 2)
        time.sleep(FRAME_S)


def hear_each_other(one, its_place, other, other_place):
    """Both speak, and each hears the other and nobody else."""
    talk(one, its_place, other, other_place, 25)
    assert other.heard(0.2)[-10:] == [1] * 10, "the phone does not hear the caller"
    assert one.heard(0.2)[-10:] == [2] * 10, "the caller does not hear the phone"


def place_in(message):
    """Where a description wants audio: (host, port)."""
    host = re.search(r"^c=IN IP[46] (\S+)", message.body, re.M).group(1)
    return host, int(re.search(r"^m=audio (\d+) ", message.body, re.M).group(1))


class RelayedCall:
    """A bare caller and a bare phone, talking through the relay."""

    def __init__(self, stage, confirms=True):
        self._stage = stage
        self.desk = stage.phones["desk"]
        self.caller = stage.bare_caller(call=f"relayed{len(stage.peers)}")
        self.caller.say(self.caller.invite())
        self.invite = self.desk.wait_for("INVITE")
        self.tag = self.caller.call
        self.desk.answer(self.invite, self.tag)
        self.answer = self.caller.wait_for("SIP/2.0 200")
        if confirms:
            self.caller.ask("ACK", self.answer, 1)
        self.caller_place, self.desk_place = place_in(self.answer), place_in(self.invite)
        self.caller_audio = Audio(self.caller.host, 0x1111)
        self.desk_audio = Audio(self.desk.host, 0x2222)

    def talk(self, packets=25):
        talk(self.caller_audio, self.caller_place, self.desk_audio, self.desk_place, packets)

    def hang_up(self):
        self.caller.ask("BYE", self.answer, 2)
        bye = self.desk.wait_for("BYE")
        self.desk.reply(bye, "200 OK")
        self.close()

    def close(self):
        self.caller_audio.close()
        self.desk_audio.close()


def seams(packets):
    """How often the time between two packets is not a frame's, in a stream that must have no other
    flaw: one source, no sequence number left out."""
    heads = [struct.unpack("!BBHII", packet[:12]) for packet in packets]
    assert len({head[4] for head in heads}) == 1, "more than one stream"
    for n, head in enumerate(heads):
        assert head[2] == (heads[0][2] + n) & 0xffff, f"packet {n} is out of sequence"
    steps = [(b[3] - a[3]) & 0xffffffff for a, b in zip(heads, heads[1:])]
    assert all(step >= 160 for step in steps), "time went backwards"
    return sum(step != 160 for step in steps)
