"""Callers and phones that hold real dialogs with the server, and say most of it spoiled.

Each has a random source of its own, made from the run's seed and its number, so that the same seed
makes the same callers and phones, whatever the others do."""

import random
import re

from support import mutate
from support.udp import SDP

SPOILED = 0.65  # of all messages; the rest is right, so that dialogs go on
MOST_TURNS = 14
STATUS = re.compile(rb"SIP/2\.0 (\d\d\d)")


def header(raw, name):
    """The value of a header; empty where there is none."""
    found = re.search(rb"\r\n" + name + rb":[ ]*([^\r\n]*)", raw)
    return found.group(1).decode("latin-1") if found else ""


def tag_of(value):
    return value.partition(";tag=")[2].partition(";")[0]


class Side:
    """One end of a dialog: a caller's or a phone's."""

    def __init__(self, seed, wire):
        self.random = random.Random(seed)
        self.wire = wire  # where its messages go: send(bytes), and who we are there
        self.former = b"OPTIONS sip:x SIP/2.0\r\n\r\n"
        self.turns, self.cseq, self.up, self.over = 0, 1, False, False
        self.call_id = self.local = self.remote = self.target = ""

    def say(self, text, body="", right=False):
        """Sends a message, spoiled more often than not."""
        body = body.replace("\n", "\r\n")
        kind = "Content-Type: application/sdp\r\n" if body else ""
        head = text.replace("\n", "\r\n") + f"{kind}Content-Length: {len(body)}\r\n\r\n"
        raw = (head + body).encode("latin-1", "replace")
        spoiled = not right and self.random.random() < SPOILED
        self.wire.send(mutate.spoil(self.random, raw, self.former) if spoiled else raw, spoiled)
        self.former = raw

    def request(self, method, extra="", body="", cseq=0, right=False):
        """A request inside the dialog, or the one that begins it."""
        if not cseq:
            self.cseq += 1
        number = cseq or self.cseq
        self.say(
            f"{method} {self.target} SIP/2.0\n"
            f"Via: SIP/2.0/{self.wire.transport} {self.wire.at};branch=z9hG4bK{method}{number}."
            f"{self.call_id.partition('@')[0]};rport\nMax-Forwards: 70\n"
            f"From: {self.local}\nTo: {self.remote}\n"
            f"Call-ID: {self.call_id}\nCSeq: {number} {method}\n"
            f"Contact: <{self.wire.uri}>\nAllow: INVITE, ACK, BYE, UPDATE\n{extra}",
            body, right)

    def reply(self, asked, line, to_tag="", body="", extra="", right=False):
        """An answer to a request of the server's."""
        vias = re.findall(rb"\r\n(?:Via|v):[ ]*([^\r\n]*)", asked)
        to = header(asked, b"To")
        self.say(
            f"SIP/2.0 {line}\n" + "".join(f"Via: {via.decode('latin-1')}\n" for via in vias)
            + f"From: {header(asked, b'From')}\nTo: {to}{to_tag and ';tag=' + to_tag}\n"
            f"Call-ID: {header(asked, b'Call-ID')}\nCSeq: {header(asked, b'CSeq')}\n"
            f"Contact: <{self.wire.uri}>\nAllow: INVITE, ACK, BYE, UPDATE\n{extra}", body, right)

    def sdp(self):
        return SDP.format(host=self.wire.host)

    def asked(self, raw, right=False):
        """A request of the server's inside the dialog."""
        method = raw.partition(b" ")[0]
        if method == b"ACK":
            return
        if method == b"BYE":
            self.over = True
        line = "200 OK" if right else self.random.choice(
            ("200 OK", "200 OK", "200 OK", "491 Request Pending", "488 No", "481 No", "500 No"))
        agrees = line == "200 OK" and method == b"INVITE"
        self.reply(raw, line, body=self.sdp() if agrees else "", right=right,
                   extra="Require: timer\nSession-Expires: 90;refresher=uac\n" if agrees else "")

    def talk(self):
        """Something to say inside the dialog that is up."""
        what = self.random.choice(
            ("INVITE", "INVITE", "UPDATE", "UPDATE+", "INFO", "OPTIONS", "PRACK", "REFER", "ACK",
             "CANCEL", "BYE", "delayed"))
        timer = "Supported: timer\nSession-Expires: 90\n" if self.random.random() < 0.5 else ""
        if what in ("INVITE", "UPDATE+"):
            self.request(what.strip("+"), timer, self.sdp())
        elif what == "delayed":
            self.request("INVITE", timer)
        elif what in ("ACK", "CANCEL"):
            self.request(what, cseq=self.cseq)
        else:
            self.request(what, "RAck: 1 1 INVITE\n" if what == "PRACK" else timer)
        self.over = self.over or what == "BYE"

    def confirm(self, raw):
        """The ACK that an answer to our INVITE wants."""
        self.request("ACK", cseq=int(header(raw, b"CSeq").split()[0]),
                     body="" if self.random.random() < 0.8 else self.sdp())

    def leave(self):
        """Hangs up, and means it."""
        if self.up and not self.over:
            self.request("BYE", right=True)
        self.over = True


class Caller(Side):
    """Calls the server."""

    def __init__(self, seed, number, wire, dialled, server):
        super().__init__(seed, wire)
        self.call_id = f"{number}.{seed}@{wire.host}"
        user = f"139{number % 100_000_000:08}"
        self.local = f"<sip:{user}@{wire.host}>;tag=c{number}"
        self.remote = f"<sip:{dialled}@{server}>"
        self.target = f"sip:{dialled}@{server}"
        self.cseq = 0

    def begin(self):
        extra = self.random.choice(("", "Supported: 100rel, timer\n", "Require: 100rel\n",
                                    "Supported: timer\nSession-Expires: 90;refresher=uac\n"))
        self.request("INVITE", extra, self.sdp() if self.random.random() < 0.8 else "")

    def turn(self):
        self.turns += 1
        if self.turns > MOST_TURNS:
            self.leave()
        elif self.up:
            self.talk()
        elif self.random.random() < 0.25:
            method = self.random.choice(("CANCEL", "CANCEL", "INVITE", "ACK", "OPTIONS", "UPDATE"))
            self.request(method, cseq=1, body=self.sdp() if method == "INVITE" else "")

    def heard(self, raw, right=False):
        status = STATUS.match(raw)
        if not status:
            return self.asked(raw, right)
        if right or b" INVITE\r\n" not in raw[:4000]:
            return None
        code, to = int(status.group(1)), header(raw, b"To")
        if tag_of(to) and code < 300:
            self.remote = to
        if 100 < code < 200 and (rseq := header(raw, b"RSeq")):
            self.request("PRACK", f"RAck: {rseq} 1 INVITE\n")
        elif code >= 200:
            self.confirm(raw)
            self.up = self.up or code < 300
            self.over = self.over or (code >= 300 and not self.up)
        return None


class Phone(Side):
    """Is called by the server."""

    def __init__(self, seed, number, wire, invite):
        super().__init__(seed, wire)
        self.call_id, self.tag = header(invite, b"Call-ID"), f"p{number}"
        self.local = header(invite, b"To") + f";tag={self.tag}"
        self.remote = header(invite, b"From")
        self.target = header(invite, b"Contact").strip("<>") or "sip:127.0.0.1"
        self.invite, self.cseq, self.rseq = invite, 0, 0

    def turn(self):
        self.turns += 1
        if self.turns > MOST_TURNS:
            self.leave()
        elif self.up:
            self.talk()
        else:
            self.ring()

    def ring(self):
        """One step on the way to an answer."""
        step = self.random.random()
        tag = self.tag if self.random.random() < 0.9 else self.tag + "fork"
        if step < 0.15:
            self.reply(self.invite, "180 Ringing", tag)
        elif step < 0.3:
            self.reply(self.invite, "183 Session Progress", tag, self.sdp())
        elif step < 0.45:
            self.rseq += 1
            self.reply(self.invite, "183 Session Progress", tag, self.sdp(),
                       f"Require: 100rel\nRSeq: {self.rseq}\n")
        elif step < 0.5:
            self.request(self.random.choice(("BYE", "UPDATE", "INFO", "OPTIONS", "CANCEL")))
        elif step < 0.6:
            line = self.random.choice(("486 Busy", "503 No", "401 Who", "422 Small", "302 Moved",
                                       "603 Decline", "407 Who", "500 No"))
            self.reply(self.invite, line, tag,
                       extra='WWW-Authenticate: Digest realm="r", nonce="n"\nMin-SE: 120\n')
        else:
            self.reply(self.invite, "200 OK", tag, self.sdp(), "Supported: timer\n")
            self.up = True

    def heard(self, raw, right=False):
        if STATUS.match(raw):
            if b" INVITE\r\n" in raw[:4000] and not right and not raw.startswith(b"SIP/2.0 1"):
                self.confirm(raw)
        elif raw.startswith(b"CANCEL"):
            self.reply(raw, "200 OK", right=right)
            self.reply(self.invite, "487 Request Terminated", self.tag, right=right)
            self.over = True
        elif raw.startswith(b"INVITE") and not tag_of(header(raw, b"To")):
            self.invite = raw  # again, or with a proof
            if right:
                self.reply(raw, "480 Gone", self.tag, right=True)
        else:
            self.asked(raw, right)
