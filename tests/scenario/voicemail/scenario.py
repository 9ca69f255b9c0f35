"""The phone is busy: the caller is answered, hears what to do and a beep, and leaves a message,
which ends with #. The file has it and nothing else, its hash is noted, the account has a notice."""

import audioop
import hashlib
import time
import wave

from support.rtp import Audio, place_in
from support.sounds import encoded, give
from support.udp import SDP_WITH_KEYS

MARK, FRAMES = 0x45, 100


def play(stage):
    desk = stage.bare_phone("desk")
    stage.write_config(media='mode = "relay"')
    give(stage)
    stage.open()
    caller = stage.bare_caller()
    audio = Audio(caller.host, 0x1111)
    caller.say(caller.invite(body=SDP_WITH_KEYS.format(host=caller.host)))
    desk.reply(desk.wait_for("INVITE"), "486 Busy Here", "desk")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    audio.send(place_in(answer), 0x11, 5, 0.02)  # before the beep: not in the message
    words = encoded("voicemail")
    heard = b"".join(packet[12:] for packet in audio.packets(len(words) / 8000 + 0.8))
    assert heard.startswith(words[:8000]), "not told what to do"
    assert len(heard) > len(words), "no beep"
    stage.wait_until(lambda: list(stage.home.rglob("*.wav.part")), "the recording")
    audio.send(place_in(answer), MARK, FRAMES, 0.02)
    time.sleep(0.1)
    audio.press(place_in(answer), 11)  # RFC 4733: #
    bye = caller.wait_for("BYE")
    caller.accept(bye)
    stage.wait_for_silence()
    audio.close()

    (cdr,) = stage.ctl.cdrs()
    file = stage.home / "state/recordings" / cdr["recording"]
    stage.wait_until(file.exists, "the file")
    with wave.open(str(file)) as recording:
        samples = recording.readframes(60 * 8000)
        assert recording.getnchannels() == 1, recording.getparams()
    mark = audioop.alaw2lin(bytes([MARK]), 2)
    assert samples.count(mark) >= 160 * FRAMES * 0.95, "the message is not whole"
    assert audioop.alaw2lin(bytes([0x11]) * 160, 2) not in samples, "more than the message"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    stage.wait_until(lambda: digest in str(stage.ctl.ask("cdr", "show", cdr["id"])), "the note")
    (notice,) = stage.ctl.ask("notice", "list", "--account", "acme")["notices"]
    assert notice["kind"] == "voicemail" and cdr["recording"] in str(notice), notice
