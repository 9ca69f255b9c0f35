"""A caller of a closed hotline hears so, as early media to the last word, and is refused then with
the code of the refusal. Another one hangs up before the end, which ends it."""

from support.rtp import Audio, place_in
from support.sounds import encoded, give


def play(stage):
    stage.write_config(media='mode = "relay"')
    give(stage, "closed")
    stage.open()
    caller = stage.bare_caller()
    audio = Audio(caller.host, 0x1111)
    caller.say(caller.invite())
    early = caller.wait_for("SIP/2.0 183")
    assert place_in(early)[0] == stage.server_host
    words = encoded("closed")
    refused = caller.wait_for("SIP/2.0 480", seconds=len(words) / 8000 + 3)
    assert 'Q.850;cause=31' in refused.header("Reason"), refused.header("Reason")
    heard = b"".join(packet[12:] for packet in audio.packets(0.2))
    assert heard[:len(words)] == words[:len(heard)], "other words, or not from their beginning"
    assert len(heard) >= len(words), f"{len(heard)} of {len(words)} bytes"
    caller.say(caller.request("ACK", to_tag=refused.header("To").partition(";tag=")[2],
                              branch="bareINVITE1"))

    hasty = stage.bare_caller(call="hasty")
    hasty.say(hasty.invite())
    assert hasty.wait_for("SIP/2.0 183")
    hasty.say(hasty.request("CANCEL", branch="hastyINVITE1"))
    gone = hasty.wait_for("SIP/2.0 487")
    assert gone, "the cancelled caller was not told so"
    hasty.say(hasty.request("ACK", to_tag=gone.header("To").partition(";tag=")[2],
                            branch="hastyINVITE1"))
    audio.close()
