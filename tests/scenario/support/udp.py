"""SIP peers spoken by hand on a UDP socket, for what sipp cannot say or must not repeat."""

import select
import socket
import struct
import time

from support.trace import Message

SO_TIMESTAMP = 29  # Linux's number; the module has no name for it

SDP_TYPE = "application/sdp"
SDP = """v=0
o=- 1 1 IN IP4 {host}
s=-
c=IN IP4 {host}
t=0 0
m=audio 30000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""
# The same of one that has keys (RFC 4733).
SDP_WITH_KEYS = SDP.replace("RTP/AVP 8", "RTP/AVP 8 101") + "a=rtpmap:101 telephone-event/8000\n"


class Peer:
    """Sends bytes, keeps what comes back; says nothing by itself."""

    def __init__(self, host, port=5060, name=""):
        self.host, self.port, self.name = host, port, name or host
        self._seen, self._unread = [], []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMP, 1)
        self._socket.bind((host, port))
        self.port = self._socket.getsockname()[1]

    def send(self, text, to, port=5060):
        """Sends a message; text gets the line ends SIP wants, bytes go as they are."""
        raw = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()
        self._socket.sendto(raw, (to, port))

    def wait_for(self, what, seconds=3):
        """The next message that begins like that; None where none comes. Others stay unread."""
        end = time.monotonic() + seconds
        while True:
            self.messages()
            for message in self._unread:
                if message.start_line.startswith(what):
                    self._unread.remove(message)
                    return message
            left = end - time.monotonic()
            if left <= 0 or not self.is_running():
                return None
            select.select([self._socket], [], [], left)

    def received(self, what):
        return [m for m in self.messages() if m.start_line.startswith(what)]

    def messages(self):
        """Everything received so far."""
        while self.is_running() and select.select([self._socket], [], [], 0)[0]:
            raw, extra, _, _ = self._socket.recvmsg(65536, 64)
            message = Message(raw, False, _arrival(extra))
            self._seen.append(message)
            self._unread.append(message)
        return self._seen

    def complaints(self):
        return ""

    def is_running(self):
        return self._socket.fileno() >= 0

    def finish(self):
        self.messages()
        self._socket.close()

    kill = finish


class BarePhone(Peer):
    """A phone that says what it is told to."""

    @classmethod
    def somewhere(cls, host, name):
        """At any free port of that host."""
        return cls(host, 0, name)

    def reply(self, request, line, tag="", body="", extra=""):
        """Answers a request; with a body, as one that agrees to the call."""
        to = request.header("To") + (f";tag={tag}" if tag else "")
        vias = "".join(f"Via: {via}\n" for via in request.all("Via"))
        text = f"SIP/2.0 {line}\n{vias}From: {request.header('From')}\nTo: {to}\n"
        text += f"Call-ID: {request.call}\nCSeq: {request.header('CSeq')}\n"
        text += f"Contact: <sip:{self.host}:{self.port}>\n{extra}" + _with_body(body)
        self.send(text, *_host_port(request.header("Via").split()[1].split(";")[0]))

    def answer(self, invite, tag, extra=""):
        self.reply(invite, "200 OK", tag, SDP.format(host=self.host), extra)

    def request(self, method, invite, tag, cseq=1, extra="", body="", body_type=SDP_TYPE):
        """The text of a request in the dialog of that invitation."""
        contact = invite.header("Contact").strip("<>")
        return (
            f"{method} {contact} SIP/2.0\n"
            f"Via: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{tag}{method}{cseq}\n"
            f"From: {invite.header('To')};tag={tag}\nTo: {invite.header('From')}\n"
            f"Call-ID: {invite.call}\nCSeq: {cseq} {method}\nMax-Forwards: 70\n"
            f"Contact: <sip:{self.host}:{self.port}>\n{extra}" + _with_body(body, body_type)
        )

    def say(self, method, invite, tag, cseq=1, extra="", body="", body_type=SDP_TYPE):
        """Sends a request in the dialog of that invitation."""
        self.send(self.request(method, invite, tag, cseq, extra, body, body_type),
                  *_host_port(invite.header("Contact").strip("<>")[4:]))

    def hang_up(self, invite, tag, cseq=1):
        self.say("BYE", invite, tag, cseq)


class BareCaller(Peer):
    """A caller that says what it is told to: the texts of one call's messages."""

    def __init__(self, host, port, server, call="bare"):
        super().__init__(host, port)
        self.server, self.call = server, call
        self.dialled = "4001234567"

    def say(self, text):
        self.send(text, self.server)

    def request(self, method, cseq=1, to_tag="", branch=None, uri=None, extra="", body=""):
        """The text of a request of this call."""
        branch = branch or f"{self.call}{method}{cseq}"
        uri = uri or f"sip:{self.dialled}@{self.server}"
        return (
            f"{method} {uri} SIP/2.0\n"
            f"Via: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{branch}\n"
            f"From: <sip:13800000001@{self.host}>;tag=from-{self.call}\n"
            f"To: <sip:{self.dialled}@{self.server}>{to_tag and ';tag=' + to_tag}\n"
            f"Call-ID: {self.call}@{self.host}\nCSeq: {cseq} {method}\n"
            f"Max-Forwards: 70\n{extra}" + _with_body(body)
        )

    def invite(self, contact=None, extra="", body=None):
        """The text of an INVITE; any part of it may be given another text."""
        if contact is None:
            contact = f"<sip:13800000001@{self.host}:{self.port}>"
        head = f"Contact: {contact}\n" if contact else ""
        sdp = SDP.format(host=self.host) if body is None else body
        return self.request("INVITE", extra=head + extra, body=sdp)


    def accept(self, request, body="", extra=""):
        """Answers a request of the server's with 200; with a body, as one that agrees to it."""
        vias = "".join(f"Via: {via}\n" for via in request.all("Via"))
        self.say(
            f"SIP/2.0 200 OK\n{vias}From: {request.header('From')}\nTo: {request.header('To')}\n"
            f"Call-ID: {request.call}\nCSeq: {request.header('CSeq')}\n"
            f"Contact: <sip:13800000001@{self.host}:{self.port}>\n{extra}" + _with_body(body))

    def show_itself(self, seconds=5):
        """After a restart it is asked whether it is still there or, where the server does not know
        that it has confirmed its answer, hears that once more. Returns what came."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if probe := self.wait_for("OPTIONS", 0.05):
                self.accept(probe)
                return probe
            if again := self.wait_for("SIP/2.0 200", 0.05):
                self.ask("ACK", again, 1)
                return again
        raise AssertionError(f"{self.call} was not asked whether it is still there")

    def forget_unread(self):
        self.messages()
        self._unread.clear()

    def ask(self, method, answer, cseq, extra="", body=""):
        """A request inside the call that the server answered so."""
        contact = f"Contact: <sip:13800000001@{self.host}:{self.port}>\n"
        self.say(self.request(method, cseq, tag_of(answer), extra=contact + extra, body=body))


def tag_of(message):
    """The tag in the To of an answer."""
    return message.header("To").partition(";tag=")[2]


def _arrival(extra):
    """When the kernel took a datagram, however late it is read."""
    (_, _, timeval), = extra
    seconds, microseconds = struct.unpack("qq", timeval)
    return seconds + microseconds / 1e6


def _with_body(body, body_type=SDP_TYPE):
    typed = f"Content-Type: {body_type}\n" if body else ""
    return f"{typed}Content-Length: {len(body.replace(chr(10), chr(13) + chr(10)))}\n\n{body}"


def _host_port(text):
    host, _, port = text.partition("@")[2].partition(":") if "@" in text else text.partition(":")
    return host, int(port.split(";")[0] or 5060)
