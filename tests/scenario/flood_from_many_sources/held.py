"""Calls of two peers that say only what they are told to, beside a flood: each request is said
again until it is answered, as is the rule (RFC 3261 §17.1), and it counts how long that took."""

import time

from support.udp import tag_of

AGAIN_S = (0.5, 1, 2, 4, 4, 4)  # T1, twice as long each time, T2 at most
HEARD_S = 10
NEAR_MS = 300  # what is on its way meanwhile


class Held:
    """A call of the carrier's to the desk; the phone ends each second one."""

    rung = set()  # the phone's calls so far

    def __init__(self, stage, desk, name, number):
        self._desk, self._server, self._number = desk, stage.server_host, number
        self._caller = stage.bare_caller(call=name)
        self._tag = f"d{name}"
        self._invite = self._ok = self._ends = self._ended = None

    @property
    def id(self):
        return f"{self._caller.call}@{self._caller.host}"

    def set_up(self, tries=1):
        """Returns how long it took until the caller has the answer. It calls again where it is
        turned away, so often at most."""
        began = time.time()
        while not self._is_taken():
            tries -= 1
            assert tries > 0, "the call is not taken"
            self._caller.call += "again"
            time.sleep(AGAIN_S[0])
        self._invite = heard(self._desk, "INVITE", lambda m: m.call not in self.rung, HEARD_S)
        assert self._invite, "the phone does not ring"
        self.rung.add(self._invite.call)
        self._ok = said(self._caller, lambda: self._desk.answer(self._invite, self._tag),
                        self.id, "1 INVITE")
        self._caller.ask("ACK", self._ok, 1)
        ack = heard(self._desk, "ACK", lambda m: m.call == self._invite.call, HEARD_S)
        assert ack, "the phone's answer is not confirmed"
        return self._ok.time - began

    def _is_taken(self):
        # Not said again: of two that wait to be read one may be refused and the other be taken.
        self._caller.say(self._caller.invite())
        answer = heard(self._caller, "SIP/2.0 ", lambda m: m.call == self.id, HEARD_S)
        return answer is not None and answer.status == 100

    def ask(self):
        """A request of the caller's in the call. Returns how long its answer took."""
        return self._say(self._caller, "OPTIONS", 2)

    def end(self):
        """Returns the same of the BYE; the other side is hung up on."""
        peers = (self._desk, self._caller) if self._number % 2 else (self._caller, self._desk)
        first, other = peers
        self._ends = time.time()
        took = self._say(first, "BYE", 3)
        calls = self._invite.call, self.id
        bye = heard(other, "BYE", lambda m: m.call in calls, HEARD_S)
        assert bye, "the other side is not hung up on"
        self._ended = time.time()
        if other is self._caller:
            other.accept(bye)
        else:
            other.reply(bye, "200 OK")
        return took

    def check(self, record):
        """It says who hung up, and that they talked for no more and no less than they did."""
        by = "phone" if self._number % 2 else "caller"
        assert (record["release"]["by"], record["release"]["cause"]) == (by, "hung_up"), record
        assert (record["evidence"], record["charge"]) == ("bye", "0.300"), record
        least, most = (1000 * (end - self._ok.time) for end in (self._ends, self._ended))
        assert least - NEAR_MS < record["talk_ms"] < most + NEAR_MS, (least, most, record)

    def _say(self, peer, method, cseq):
        if peer is self._caller:
            text, call = peer.request(method, cseq, tag_of(self._ok)), self.id
        else:
            text = peer.request(method, self._invite, self._tag, cseq)
            call = self._invite.call
        began = time.time()
        answer = said(peer, lambda: peer.send(text, self._server), call, f"{cseq} {method}")
        return answer.time - began


def said(peer, say, call, cseq):
    """Says a request until its answer comes, and returns that."""
    for again in AGAIN_S:
        say()
        answer = heard(peer, "SIP/2.0 200",
                       lambda m: (m.call, m.header("CSeq")) == (call, cseq), again)
        if answer:
            return answer
    raise AssertionError(f"no answer to {cseq} of {call}")


def heard(peer, what, fits, seconds):
    """The next message of that kind that fits, if one comes. Others are those of before, which are
    said again where nobody had the time to answer them."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        message = peer.wait_for(what, left)
        if message and fits(message):
            return message
    return None
