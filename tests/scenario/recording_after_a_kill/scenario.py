"""kill -9 while a call is recorded: the call goes on, its file is finished at the start, all but
the last moment, and its record has the note."""

import time
import wave

from support.rtp import RelayedCall
from support.recording import noted, recording_of


def play(stage):
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"\n[recording]\nmin_free_mb = 0')
    call = RelayedCall(stage)
    call.talk(200)
    time.sleep(0.2)
    stage.server.kill()
    (part,) = (stage.home / "state" / "recordings").rglob("*.wav.part")
    with wave.open(str(part)) as file:
        assert file.getnchannels() == 2
    stage.restart()
    call.caller.show_itself()
    call.desk.reply(call.desk.wait_for("OPTIONS", seconds=5), "200 OK")
    call.hang_up()
    stage.wait_until(lambda: stage.ctl.cdrs(), "the record")
    note = noted(stage, seconds=10)
    assert note["seconds"] > 2.5, note
    assert not part.exists()
    with wave.open(str(recording_of(stage))) as file:
        assert abs(file.getnframes() - 8000 * note["seconds"]) < 1000
        frames = file.readframes(file.getnframes())
    assert any(frames), "silence"
