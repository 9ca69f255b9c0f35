"""Whoever is no trunk of ours gets silence: no answer to any message, not even to garbage, and a
counter goes up. The carrier's calls go on."""


def play(stage):
    stage.phone("desk")
    stage.open()
    stranger = stage.bare_caller(host=stage.stranger, call="stranger")
    texts = [stranger.invite(), stranger.request("OPTIONS"), stranger.request("REGISTER"),
             stranger.request("BYE", to_tag="x"), "garbage\n\n", "INVITE sip:x SIP/3.0\n\n",
             stranger.invite(extra="Content-Length: nonsense\n"), b"\0" * 40, b"\r\n\r\n"]
    for text in texts:
        stranger.say(text)
    stage.call("talk")
    assert stranger.wait_for("", 0.5) is None, stranger.messages()
    counted = stage.ctl.ask("status")["counters"]["strangers"]
    assert counted >= len(texts) - 2, f"{counted} strangers counted"
