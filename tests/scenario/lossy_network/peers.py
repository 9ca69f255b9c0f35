"""Callers and phones on a bad network: they repeat what RFC 3261 has them repeat (§17, §13.3.1.4),
which a sipp does only in part."""

import time

from support.trace import Message
from support.udp import SDP, tag_of

T1_S, T2_S = 0.5, 4
GIVES_UP_S = 16  # half of what the RFC has, and twice the server's own patience


class Repeat:
    """Says something again and again, until it is stopped or time is up."""

    def __init__(self, network, say, on_timeout=lambda: None, doubles_up_to=T2_S):
        self._network, self._say, self._on_timeout = network, say, on_timeout
        self._doubles_up_to, self._spent, self.over = doubles_up_to, 0, False
        self._go_on(T1_S)

    def stop(self):
        self.over = True

    def _go_on(self, wait):
        if self.over:
            return
        if self._spent >= GIVES_UP_S:
            self.over = True
            self._on_timeout()
            return
        self._say()
        self._spent += wait
        self._network.after(wait, lambda: self._go_on(min(2 * wait, self._doubles_up_to)))


class Callers:
    """All callers behind one wire."""

    def __init__(self, network, wire, server, dialled, talk_s):
        self.network, self.wire, self.server = network, wire, (server, 5060)
        self.dialled, self.talk_s, self.calls = dialled, talk_s, {}
        wire.hears, wire.sees = self._hear, self._see

    def begin(self):
        call = Call(self, len(self.calls))
        self.calls[call.id] = call
        call.begin()

    def are_through(self):
        return all(call.over for call in self.calls.values())

    def _hear(self, raw, _):
        message = Message(raw, False, 0)
        if message.call in self.calls:
            self.calls[message.call].hear(message)

    def _see(self, raw, at):
        message = Message(raw, False, at)
        call = self.calls.get(message.call)
        if call is None:
            return
        if message.method == "BYE" and not message.is_response:
            call.first_bye = call.first_bye or at
        elif message.method == "INVITE" and message.status == 200:
            call.first_200 = call.first_200 or at


class Call:
    """One caller: calls, talks for a second, hangs up."""

    def __init__(self, callers, number):
        self._of, host = callers, callers.wire.host
        self.id, self.tag, self.to = f"{number}-{callers.dialled}@{host}", f"c{number}", ""
        # When the server said these first, and when our BYE went out that will arrive.
        self.first_200 = self.first_bye = self.left = None
        self.answered = self.status = self.hung_up_on = None
        self.over, self.arrived, self.timed_out = False, False, ""
        self._invite, self._bye, self._target = None, None, ""
        self._number = number

    def begin(self):
        text, of = self._request("INVITE", 1), self._of

        def say():
            self.arrived = of.wire.send(text, of.server) or self.arrived

        # Nothing may be repeated any more, and its answer is lost all the same.
        of.network.after(GIVES_UP_S, lambda: self.answered or self._end("INVITE"))
        self._invite = Repeat(of.network, say, doubles_up_to=GIVES_UP_S)

    def hear(self, message):
        if message.is_response:
            if message.method == "INVITE" and message.status > 100:
                self._on_invite(message)
            elif message.method == "BYE" and message.status >= 200:
                self._bye.stop()
                self._end()
        elif message.method != "ACK":
            self._accept(message)

    def _on_invite(self, message):
        self._invite.stop()
        if message.status < 200:
            return
        if self.status is None:
            self.status = message.status
        if message.status >= 300:
            self._say(self._request("ACK", 1, message.header("To"), branch="INVITE"))
            return self._end()
        self.to, self._target = message.header("To"), message.header("Contact").strip("<>")
        self._say(self._request("ACK", 1, self.to))
        if self.answered is None:
            self.answered = message
            self._of.network.after(self._of.talk_s, self._hang_up)
        return None

    def _hang_up(self):
        if self.over:
            return
        text, of = self._request("BYE", 2, self.to), self._of

        def say():
            arrives = of.wire.send(text, of.server)
            if arrives and self.left is None:
                self.left = time.time()
        self._bye = Repeat(of.network, say, lambda: self._end("BYE"))

    def _accept(self, request):
        vias = "".join(f"Via: {via}\n" for via in request.all("Via"))
        self._say(f"SIP/2.0 200 OK\n{vias}From: {request.header('From')}\n"
                  f"To: {request.header('To')}\nCall-ID: {request.call}\n"
                  f"CSeq: {request.header('CSeq')}\nContent-Length: 0\n\n")
        if request.method == "BYE" and not self.over:
            self.hung_up_on = request.header("Reason") or "BYE"
            self._end()

    def _end(self, timed_out=""):
        if not self.over:
            self.over, self.timed_out = True, timed_out

    def _say(self, text):
        self._of.wire.send(text, self._of.server)

    def _request(self, method, cseq, to="", branch=""):
        host, port = self._of.wire.host, self._of.wire.port
        body = SDP.format(host=host) if method == "INVITE" else ""
        typed = "Content-Type: application/sdp\n" if body else ""
        uri = self._target or f"sip:{self._of.dialled}@{self._of.server[0]}"
        to = to or f"<sip:{self._of.dialled}@{self._of.server[0]}>"
        branch = f"z9hG4bK{branch or method}{self.id.partition('@')[0]}"
        return (f"{method} {uri} SIP/2.0\n"
                f"Via: SIP/2.0/UDP {host}:{port};branch={branch}\n"
                f"From: <sip:138{self._number:08}@{host}>;tag={self.tag}\nTo: {to}\n"
                f"Call-ID: {self.id}\nCSeq: {cseq} {method}\nMax-Forwards: 70\n"
                f"Contact: <sip:caller@{host}:{port}>\n{typed}"
                f"Content-Length: {len(body) + body.count(chr(10))}\n\n{body}")


class Phones:
    """All phones behind one wire: they ring for a moment and answer; every other one hangs up."""

    def __init__(self, network, wire, dice, ring_s, talk_s):
        self._network, self._wire, self._dice = network, wire, dice
        self._ring_s, self._talk_s = ring_s, talk_s
        self.rung, self._place = {}, None
        wire.hears = self._hear

    def open(self):
        """The calls that were answered, confirmed and never hung up."""
        return [call for call, one in self.rung.items() if one["confirmed"] and not one["over"]]

    def _hear(self, raw, place):
        message = Message(raw, False, 0)
        self._place = place
        one = self.rung.get(message.call)
        if message.is_response:
            if one is not None and one["bye"] is not None:
                one["bye"].stop()
        elif message.method == "INVITE":
            self._on_invite(message, one)
        elif message.method == "ACK":
            if one is not None and one["last"] is not None:
                self._confirmed(one)
        else:
            known = one is not None
            if known and message.method == "CANCEL":
                self._cancelled(one)
            elif known and message.method == "BYE":
                one["over"] = True
            line = "200 OK" if known else "481 Call/Transaction Does Not Exist"
            tag = tag_of(message) or (one["tag"] if known else "x")
            self._reply(message, line, tag)

    def _on_invite(self, invite, one):
        if one is not None:  # once more
            if one["last"] is None:
                self._reply(invite, "180 Ringing", one["tag"])
            return
        one = {"invite": invite, "tag": f"p{len(self.rung)}", "last": None, "status": 180,
               "confirmed": False, "over": False, "bye": None, "leaves": len(self.rung) % 2 == 1}
        self.rung[invite.call] = one
        self._reply(invite, "180 Ringing", one["tag"])
        self._network.after(self._dice.uniform(0, self._ring_s), lambda: self._answer(one))

    def _answer(self, one):
        if one["last"] is None:
            self._finally(one, 200, "200 OK", SDP.format(host=self._wire.host))

    def _confirmed(self, one):
        one["last"].stop()
        if one["status"] != 200 or one["confirmed"]:
            return
        one["confirmed"] = True
        if one["leaves"]:
            self._network.after(self._talk_s, lambda: self._hang_up(one))

    def _hang_up(self, one):
        if one["over"]:
            return
        one["over"], invite, here = True, one["invite"], f"{self._wire.host}:{self._wire.port}"
        text = (f"BYE {invite.header('Contact').strip('<>')} SIP/2.0\n"
                f"Via: SIP/2.0/UDP {here};branch=z9hG4bKBYE{one['tag']}\n"
                f"From: {invite.header('To')};tag={one['tag']}\nTo: {invite.header('From')}\n"
                f"Call-ID: {invite.call}\nCSeq: 1 BYE\nMax-Forwards: 70\n"
                "Content-Length: 0\n\n")
        one["bye"] = Repeat(self._network, lambda: self._wire.send(text, self._place))

    def _cancelled(self, one):
        if one["last"] is None:
            one["over"] = True
            self._finally(one, 487, "487 Request Terminated")

    def _finally(self, one, status, line, body=""):
        one["status"] = status
        one["last"] = Repeat(self._network,
                             lambda: self._reply(one["invite"], line, one["tag"], body))

    def _reply(self, request, line, tag, body=""):
        to = request.header("To")
        to += "" if ";tag=" in to else f";tag={tag}"
        vias = "".join(f"Via: {via}\n" for via in request.all("Via"))
        typed = "Content-Type: application/sdp\n" if body else ""
        self._wire.send(
            f"SIP/2.0 {line}\n{vias}From: {request.header('From')}\nTo: {to}\n"
            f"Call-ID: {request.call}\nCSeq: {request.header('CSeq')}\n"
            f"Contact: <sip:phone@{self._wire.host}:{self._wire.port}>\n{typed}"
            f"Content-Length: {len(body) + body.count(chr(10))}\n\n{body}", self._place)
