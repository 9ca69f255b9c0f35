"""Reads what sipp wrote with -trace_msg: every message, byte for byte, with its time."""

import datetime
import re

_HEAD = re.compile(
    rb"-{20,} (?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)\n"
    rb"(?:UDP|TCP) message (?P<way>sent|received) [\[(](?P<size>\d+)(?: bytes\)|\] bytes) ?:\n\n"
)


class Message:
    """A SIP message as it was on the wire."""

    def __init__(self, raw, sent, time):
        self.raw, self.sent, self.time = raw, sent, time
        head, _, self.body = raw.decode("utf-8", "replace").partition("\r\n\r\n")
        self.start_line, *lines = head.split("\r\n")
        self.headers = [
            (name.strip(), value.strip())
            for name, _, value in (line.partition(":") for line in lines)
        ]

    def header(self, name):
        """The value of a header, the first of several; None where there is none."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]

    @property
    def is_response(self):
        return self.start_line.startswith("SIP/2.0 ")

    @property
    def status(self):
        return int(self.start_line.split()[1]) if self.is_response else None

    @property
    def method(self):
        """Of a request its own, of a response that of the request it answers."""
        if self.is_response:
            return (self.header("CSeq") or "? ?").split()[-1]
        return self.start_line.split()[0]

    @property
    def user(self):
        """Whom a request is for: the user of its URI."""
        match = re.match(r"\w+ sip:([^@;]*)@", self.start_line)
        return match.group(1) if match else ""

    @property
    def call(self):
        return self.header("Call-ID")

    def __repr__(self):
        return f"{'→' if self.sent else '←'} {self.start_line}"


def read(path):
    """All messages of one sipp, in order; none where it never wrote."""
    data = path.read_bytes() if path.exists() else b""
    messages = []
    position = 0
    while found := _HEAD.search(data, position):
        size = int(found["size"])
        time = datetime.datetime.strptime(found["time"].decode(), "%Y-%m-%d %H:%M:%S.%f")
        raw = data[found.end() : found.end() + size]
        messages.append(Message(raw, found["way"] == b"sent", time.timestamp()))
        position = found.end() + size
    return messages
