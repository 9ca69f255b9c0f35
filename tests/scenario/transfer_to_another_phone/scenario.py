"""The desk passes its caller on to Li (REFER): the caller hears the tone, then Li; the desk is told
how it goes, and hung up. A desk that puts its caller on hold first and hangs up at once, as most
do: the caller is taken back. One that nobody takes is back with the desk."""

from support.rtp import Audio, hear_each_other, place_in, talk
from support.udp import SDP_WITH_KEYS


class Call:
    """A caller and the desk, talking."""

    def __init__(self, stage, name):
        self.desk, self.name = stage.phones["desk"], name
        self.caller = stage.bare_caller(call=name)
        self.audio = Audio(self.caller.host, 0x1111)
        self.caller.say(self.caller.invite(body=SDP_WITH_KEYS.format(host=self.caller.host)))
        self.invite = self.desk.wait_for("INVITE")
        self.desk.reply(self.invite, "180 Ringing", name)
        self.desk.reply(self.invite, "200 OK", name, SDP_WITH_KEYS.format(host=self.desk.host))
        assert self.desk.wait_for("ACK")
        self.answer = self.caller.wait_for("SIP/2.0 200")
        self.caller.ask("ACK", self.answer, 1)

    def refer(self, to, cseq=1, extra=""):
        refer_to = f"Refer-To: <sip:{to}@somewhere.invalid>\n"
        self.desk.say("REFER", self.invite, self.name, cseq, extra=refer_to + extra)
        assert self.desk.wait_for("SIP/2.0 202"), "not taken"

    def told(self):
        """What the desk is told next, and whether that is the last word."""
        notify = self.desk.wait_for("NOTIFY")
        self.desk.reply(notify, "200 OK")
        assert notify.header("Content-Type") == "message/sipfrag;version=2.0"
        state = notify.header("Subscription-State").partition(";")[0]
        return notify.body.strip(), state

    def hang_up(self, phone, cseq=2):
        self.caller.ask("BYE", self.answer, cseq)
        phone.reply(phone.wait_for("BYE"), "200 OK")
        self.audio.close()


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.open(media='mode = "relay"')
    desk_audio, li_audio = Audio(desk.host, 0x2222), Audio(li.host, 0x3333)
    passed_on(stage, desk_audio, li, li_audio)
    left_at_once(stage, desk, li, li_audio)
    not_taken(stage, desk_audio, li)
    desk_audio.close()
    li_audio.close()


def passed_on(stage, desk_audio, li, li_audio):
    call = Call(stage, "passed")
    call.refer("li")
    assert call.told() == ("SIP/2.0 100 Trying", "active")
    invite = li.wait_for("INVITE")
    assert "13800000001" in invite.header("From")
    assert place_in(invite) != place_in(call.invite)
    li.reply(invite, "180 Ringing", "li")
    assert call.told() == ("SIP/2.0 180 Ringing", "active")
    call.audio.packets(0.1)
    assert len(call.audio.packets(0.5)) > 15, "no tone while Li rings"
    li.reply(invite, "200 OK", "li", SDP_WITH_KEYS.format(host=li.host))
    assert li.wait_for("ACK")
    assert call.told() == ("SIP/2.0 200 OK", "terminated")
    bye = call.desk.wait_for("BYE")
    call.desk.reply(bye, "200 OK")
    assert call.caller.wait_for("INVITE", seconds=0.2) is None, "the caller heard of it"
    hear_each_other(call.audio, place_in(call.answer), li_audio, place_in(invite))
    assert not desk_audio.heard(0.1)[-1:] == [1], "the desk hears the caller"
    call.hang_up(li)


def left_at_once(stage, desk, li, li_audio):
    call = Call(stage, "held")
    desk.say("INVITE", call.invite, "held", 1,
             body=SDP_WITH_KEYS.format(host=desk.host) + "a=sendonly\n")
    hold = call.caller.wait_for("INVITE")
    assert "a=sendonly" in hold.body
    call.caller.accept(hold, SDP_WITH_KEYS.format(host=call.caller.host) + "a=recvonly\n")
    held = desk.wait_for("SIP/2.0 200")
    assert "a=recvonly" in held.body
    desk.say("ACK", call.invite, "held", 1)
    call.refer("li", 2, "Refer-Sub: false\n")
    desk.hang_up(call.invite, "held", 3)
    assert desk.wait_for("SIP/2.0 200")
    invite = li.wait_for("INVITE")
    assert desk.wait_for("NOTIFY", seconds=0.2) is None, "told what it did not want to know"
    li.reply(invite, "200 OK", "li2", SDP_WITH_KEYS.format(host=li.host))
    assert li.wait_for("ACK")
    back = call.caller.wait_for("INVITE")
    assert "a=sendrecv" in back.body and place_in(back) == place_in(call.answer)
    call.caller.accept(back, SDP_WITH_KEYS.format(host=call.caller.host))
    talk(call.audio, place_in(call.answer), li_audio, place_in(invite), 25)
    assert li_audio.heard(0.2)[-10:] == [1] * 10, "Li does not hear the caller"
    li.hang_up(invite, "li2")
    bye = call.caller.wait_for("BYE")
    call.caller.accept(bye)
    call.audio.close()


def not_taken(stage, desk_audio, li):
    call = Call(stage, "back")
    call.refer("nobody")
    assert call.told() == ("SIP/2.0 100 Trying", "active")
    assert call.told() == ("SIP/2.0 404 Not Found", "terminated")
    call.refer("li", 2)
    assert call.told() == ("SIP/2.0 100 Trying", "active")
    li.reply(li.wait_for("INVITE"), "486 Busy Here", "busy")
    assert li.wait_for("ACK")
    assert call.told() == ("SIP/2.0 486 Busy Here", "terminated")
    call.audio.packets(0.1)
    talk(call.audio, place_in(call.answer), desk_audio, place_in(call.invite), 25)
    assert call.audio.heard(0.2)[-10:] == [2] * 10, "the caller does not hear the desk again"
    call.hang_up(call.desk)
