"""A carrier that asks who we are (401 to the INVITE, 407 to the BYE): both are sent again with a
proof of the password; the ACK of the answer brings the INVITE's along. The password itself is seen
nowhere."""

import hashlib
import re

PASSWORD = "open : sesame"
ASK = 'Digest realm="carrier", nonce="{nonce}", qop="auth", algorithm=MD5\n'


def play(stage):
    stage.behind("first", trunk=TRUNK)
    gateway = stage.bare_phone("first")
    _write_password(stage)
    stage.open()
    caller = stage.start_call("talk")
    first = gateway.wait_for("INVITE")
    assert first.header("Authorization") is None
    gateway.reply(first, "401 Unauthorized", "ask", extra="WWW-Authenticate: " + _ask("n1"))
    assert gateway.wait_for("ACK").header("CSeq") == "1 ACK"
    invite = gateway.wait_for("INVITE")
    assert (invite.call, invite.header("CSeq")) == (first.call, "2 INVITE")
    assert invite.header("From") == first.header("From")
    _check(invite.header("Authorization"), "INVITE", invite, "n1")
    gateway.reply(invite, "180 Ringing", "desk")
    gateway.answer(invite, "desk")
    ack = gateway.wait_for("ACK")
    assert ack.header("CSeq") == "2 ACK"
    assert ack.header("Authorization") == invite.header("Authorization")

    bye = gateway.wait_for("BYE")
    assert bye.header("CSeq") == "3 BYE"
    gateway.reply(bye, "407 Who?", extra="Proxy-Authenticate: " + _ask("n2"))
    again = gateway.wait_for("BYE")
    assert again.header("CSeq") == "4 BYE"
    _check(again.header("Proxy-Authorization"), "BYE", again, "n2")
    gateway.reply(again, "200 OK")
    caller.wait(5)
    _, out, _ = stage.ctl.run("--json", "status")
    for text in (stage.server.log(), out, *(m.raw.decode() for m in gateway.messages())):
        assert "sesame" not in text


TRUNK = """probe_s = 0
username = "acme"
password_file = "passwords/carrier\""""


def _write_password(stage):
    path = stage.config / "passwords" / "carrier"
    path.parent.mkdir(parents=True)
    path.write_text(PASSWORD + "\n", encoding="utf-8")
    path.chmod(0o600)


def _ask(nonce):
    return ASK.format(nonce=nonce)


def _check(header, method, message, nonce):
    """Is it the proof RFC 2617 asks for?"""
    has = {name: quoted or plain
           for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^",\s]+))', header)}
    uri = message.start_line.split()[1]
    assert (has["username"], has["uri"], has["nonce"]) == ("acme", uri, nonce), header
    who, what = _md5(f"acme:carrier:{PASSWORD}"), _md5(f"{method}:{uri}")
    middle = f"{has['nc']}:{has['cnonce']}:{has['qop']}"
    assert has["response"] == _md5(f"{who}:{nonce}:{middle}:{what}"), header


def _md5(text):
    return hashlib.md5(text.encode()).hexdigest()
