"""Real phones (baresip) on both ends: a caller hears the menu and presses 1; the only desk talks,
so it hears its place and the music; the desk hangs up the other call and gets this one. The desk
hangs up again, and the caller presses 5. What it heard is in its recording."""

import time
import wave

from support.baresip import Softphone
from support.rtp import Audio, place_in
from support.sounds import decoded, give, likeness
from support.udp import SDP_WITH_KEYS

CALLER_HZ, DESK_HZ = 440, 1000
PIECE = 2400  # samples that are looked for


def state(stage, wanted, calls=1):
    stage.wait_until(lambda: [call["state"] for call in stage.ctl.calls()].count(wanted) == calls,
                     f"{calls} {wanted}", seconds=10)


def play(stage):
    desk = Softphone("desk", stage.reserve("desk"), DESK_HZ, stage.home)
    caller = Softphone("13800000001", stage.carrier, CALLER_HZ, stage.home, 5090)
    stage.peers += [desk, caller]
    desk.start("-s")
    stage.wait_until(lambda: "ready" in desk.log(), "the desk's start")
    stage.write_config(media='mode = "relay"')
    give(stage)
    stage.open()
    first, answer = keep_the_desk_busy(stage)

    caller.start("-s", "-e", f"/dial sip:4001234567@{stage.server_host}:5060")
    state(stage, "choosing")
    time.sleep(1.5)
    caller.command("/sndcode 1")
    state(stage, "waiting")
    time.sleep(len(decoded("queue_next")) / 16000 + 2)
    desk.command("/hangup")
    state(stage, "surveying")  # the first caller is asked, too, and hangs up
    first.ask("BYE", answer, 2)
    state(stage, "talking")
    time.sleep(2)
    desk.command("/hangup")
    state(stage, "surveying")
    time.sleep(1.5)
    caller.command("/sndcode 5")
    stage.wait_for_silence()
    time.sleep(0.5)
    caller.kill()
    desk.kill()
    (recording,) = (stage.home / caller.name).glob("*-dec.wav")
    with wave.open(str(recording)) as file:
        heard = file.readframes(60 * file.getframerate())
    for name in ("menu", "queue_next", "default", "survey"):
        source = decoded(name)
        pieces = range(PIECE, len(source) // 2 - PIECE, 2 * PIECE)
        found = likeness(heard, source, pieces, PIECE)
        assert found > 0.9, f"only {found:.2f} of {name} was heard"
    assert "13800000001" in desk.log()


def keep_the_desk_busy(stage):
    first = stage.bare_caller(call="first")
    audio = Audio(first.host, 0x1111)
    first.say(first.invite(body=SDP_WITH_KEYS.format(host=first.host)))
    answer = first.wait_for("SIP/2.0 200")
    first.ask("ACK", answer, 1)
    audio.send(place_in(answer), 1, 5, 0.02)
    audio.press(place_in(answer), 1)
    state(stage, "talking")
    audio.close()
    return first, answer
