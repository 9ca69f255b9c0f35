"""Sessions of 90 s, the shortest there are. We refresh the phone's by UPDATE after 45 s; the caller
was to refresh its own and does not: after 60 s both are hung up, and the call is billed until then.
A caller that wants a shorter session hears 422, and one with none of it goes on."""

from support.udp import SDP


def play(stage):
    phone, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    caller.say(caller.invite(extra="Supported: timer\nSession-Expires: 60\n"))
    refusal = caller.wait_for("SIP/2.0 422")
    assert refusal.start_line == "SIP/2.0 422 Session Interval Too Small"
    assert refusal.header("Min-SE") == "90"

    caller = stage.bare_caller(call="again")
    caller.say(caller.invite(extra="Supported: timer\nSession-Expires: 90;refresher=uac\n"))
    invite = phone.wait_for("INVITE")
    assert invite.header("Session-Expires") == "90"
    phone.reply(invite, "200 OK", "p", SDP.format(host=phone.host),
                "Allow: INVITE, ACK, BYE, UPDATE\nSession-Expires: 90;refresher=uac\n")
    ok = caller.wait_for("SIP/2.0 200")
    assert ok.header("Session-Expires") == "90;refresher=uac"
    assert ok.header("Require") == "timer"
    caller.ask("ACK", ok, 1)
    assert phone.wait_for("ACK")

    refresh = phone.wait_for("UPDATE", 50)
    assert refresh.header("Session-Expires") == "90;refresher=uac" and refresh.body == ""
    phone.reply(refresh, "200 OK", extra="Require: timer\nSession-Expires: 90;refresher=uac\n")
    bye = caller.wait_for("BYE", 20)
    assert bye.header("Reason") == 'Q.850;cause=102;text="Recovery on timer expiry"'
    caller.accept(bye)
    phone.reply(phone.wait_for("BYE"), "200 OK")
