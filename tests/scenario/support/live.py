"""Calls that talk while something is wrong with the store, and what callers see of it: peers that
say only what they are told to, so that each call ends when the scenario wants it to."""

import threading
import time
from decimal import Decimal

from support.talk import talk
from support.udp import tag_of

YUAN_A_SECOND = Decimal("0.005")  # of the package "second"
SOON_S = 5  # within which new calls are taken again once the trouble is over
GIVEN_UP_S = 2.5  # after an answer that cannot be made durable; wanted: 2
ASKED_EVERY_S = 0.1
SLOWEST_ANSWER_S = 0.2  # of an OPTIONS; on a machine with nothing else to do it takes a millisecond


class LiveCall:
    """A call of two bare peers, up."""

    def __init__(self, stage, phone, name):
        self._stage, self._phone = stage, phone
        self.caller = stage.bare_caller(call=name)
        self._invite, self._ok = talk(self.caller, phone)
        self._hung_up = None

    @property
    def id(self):
        return f"{self.caller.call}@{self.caller.host}"

    def hang_up(self):
        """The caller does; both sides must get what a call's end is."""
        self._hung_up = time.time()
        self.caller.ask("BYE", self._ok, 2)
        bye = self._phone.wait_for("BYE")
        assert bye and bye.call == self._invite.call, "the phone is not hung up on"
        self._phone.reply(bye, "200 OK")
        answer = self.caller.wait_for("SIP/2.0 200")
        assert answer and answer.header("CSeq") == "2 BYE", f"the caller's BYE got {answer!r}"

    def records(self):
        return [cdr for cdr in self._stage.ctl.cdrs() if cdr["caller_leg_id"] == self.id]

    def check_record(self, seconds=5):
        """It has one, which says how long it talked, and that is what is paid."""
        self._stage.wait_until(self.records, f"the record of {self.id}", seconds)
        (cdr,) = self.records()
        release = {"by": "caller", "cause": "hung_up", "status": 200, "q850": 16}
        assert cdr["release"] == release and cdr["evidence"] == "bye", cdr
        talked_ms = 1000 * (self._hung_up - self._ok.time)
        assert abs(cdr["talk_ms"] - talked_ms) < 300, (talked_ms, cdr)
        assert cdr["billable_ms"] == cdr["talk_ms"], cdr
        started = -(-cdr["billable_ms"] // 1000)
        assert Decimal(cdr["charge"]) == started * YUAN_A_SECOND, cdr


class RingingCall:
    """A call whose phone rings. `durable`: it is in the books, and only its answer is to come."""

    def __init__(self, stage, phone, name, durable=True):
        self._phone = phone
        self._caller = stage.bare_caller(call=name)
        admitted, sent = _admissions(stage), time.time()
        self._caller.say(self._caller.invite())
        trying = self._caller.wait_for("SIP/2.0 100")
        assert trying, "the INVITE got no 100"
        assert trying.time - sent < SLOWEST_ANSWER_S, f"100 after {trying.time - sent:.3f} s"
        self._invite = phone.wait_for("INVITE")
        phone.reply(self._invite, "180 Ringing", name)
        if durable:
            stage.wait_until(lambda: _admissions(stage) > admitted, "the call's row")

    def answer_in_vain(self):
        """The phone answers, which cannot be made durable: the phone is hung up on and the caller
        refused, in two seconds."""
        phone, caller = self._phone, self._caller
        tag = caller.call
        answered = time.time()
        phone.answer(self._invite, tag)
        assert phone.wait_for("ACK"), "the phone's answer is not confirmed"
        refusal = caller.wait_for("SIP/2.0 ", 4)
        while refusal and refusal.status < 200:
            refusal = caller.wait_for("SIP/2.0 ", 4)
        assert refusal and refusal.status == 503, f"the caller is told {refusal!r}"
        assert int(refusal.header("Retry-After")) > 0, refusal.raw
        assert refusal.time - answered < GIVEN_UP_S, f"after {refusal.time - answered:.3f} s"
        caller.say(caller.request("ACK", 1, tag_of(refusal), branch=f"{tag}INVITE1"))
        bye = phone.wait_for("BYE")
        assert bye and bye.call == self._invite.call, "the phone is not hung up on"
        phone.reply(bye, "200 OK")


class Asking:
    """Inside, the carrier asks by OPTIONS all the time; each must be answered at once."""

    def __init__(self, stage):
        self._peer = stage.bare_caller(call="asking")
        self._sent, self._over = [], threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._over.set()
        self._thread.join()
        if kind is None:
            self._check()

    def _ask(self):
        while not self._over.wait(ASKED_EVERY_S):
            text = self._peer.request("OPTIONS", len(self._sent) + 1)
            self._sent.append(time.time())
            self._peer.say(text)
            self._peer.messages()

    def _check(self):
        end = time.monotonic() + 2
        while len(self._peer.received("SIP/2.0 200")) < len(self._sent) and time.monotonic() < end:
            time.sleep(0.02)
        answers = self._peer.received("SIP/2.0 200")
        numbers = [int(answer.header("CSeq").split()[0]) for answer in answers]
        missing = set(range(1, len(self._sent) + 1)) - set(numbers)
        assert self._sent and not missing, f"no answer to {len(missing)} OPTIONS of {self._sent}"
        delays = [answer.time - self._sent[n - 1] for n, answer in zip(numbers, answers)]
        print(f"{len(delays)} OPTIONS, the slowest answered in {1000 * max(delays):.1f} ms")
        assert max(delays) < SLOWEST_ANSWER_S, f"an OPTIONS was answered in {max(delays):.3f} s"


class Outage:
    """What callers and admins see of a database that cannot be written for a while: two calls talk
    when it begins, and the phone of a third rings."""

    def __init__(self, stage, phone, name=""):
        self._stage, self._phone, self._name = stage, phone, name
        self.ends = LiveCall(stage, phone, f"ends{name}")
        self.stays = LiveCall(stage, phone, f"stays{name}")
        self.rings = RingingCall(stage, phone, f"rings{name}")

    def live_through(self, word, seconds, money=True):
        """While it lasts. `word`: of what the server says is wrong; `money`: whether payments are
        tried, which wait for half a minute where nothing fails."""
        stage, begun = self._stage, time.monotonic()
        wait_for_trouble(stage, word)
        self.rings.answer_in_vain()
        refuse(stage, self._phone)
        self.ends.hang_up()
        stage.wait_until(lambda: len(stage.ctl.calls()) == 1, "the end of one call")
        if money:
            self._refuse_money()
        stage.wait_until(
            lambda: time.monotonic() - begun > seconds, "some tries to write", seconds)
        refuse(stage, self._phone)
        assert not self.ends.records(), "what could not be written"
        code, books = stage.ctl.audit()
        assert code == 0, f"what is in the books does not hold: {books}"
        wait_for_trouble(stage, word)

    def recover(self):
        """From the instant that it is over: new calls are taken soon, and nothing is missing."""
        stage, since = self._stage, time.monotonic()
        stage.wait_until(lambda: not warnings(stage), "the end of all warnings", SOON_S)
        afterwards = LiveCall(stage, self._phone, f"after{self._name}")
        took = time.monotonic() - since
        print(f"new calls are taken {took:.2f} s after the end of the trouble")
        assert took < SOON_S, f"new calls are taken after {took:.1f} s"
        self.ends.check_record()
        for call in (self.stays, afterwards):
            call.hang_up()
            call.check_record()
        assert all(entry["reference"] != "in vain" for entry in stage.ctl.ledger())

    def _refuse_money(self):
        """A payment is not taken, and who pays is told so."""
        code, out, err = self._stage.ctl.run("account", "recharge", "acme", "1.00",
                                             "--reference", "in vain")
        assert code != 0 and not out, (out, err)


def _admissions(stage):
    """How many calls were told that they are in the books."""
    return stage.server.log().count("event=admission_stored")


def warnings(stage):
    return stage.ctl.ask("status")["warnings"]


def wait_for_trouble(stage, word, seconds=5):
    """Until the server's status has a warning with that word."""
    stage.wait_until(lambda: any(word in warning for warning in warnings(stage)),
                     f"a warning of “{word}”", seconds)


def refuse(stage, phone):
    """A new call is refused at the door, and no phone rings."""
    rung = len(phone.received("INVITE"))
    (refusal,) = stage.call("refused", status=503).received("SIP/2.0 503")
    assert int(refusal.header("Retry-After")) > 0, refusal.raw
    assert refusal.header("Reason").startswith("Q.850;cause=41;"), refusal.raw
    assert len(phone.received("INVITE")) == rung, "a phone rang for a refused call"
