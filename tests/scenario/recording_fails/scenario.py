"""Recordings that cannot be made: a directory that cannot be, a disk with too little room. The
calls do not notice; the log has one line, status a warning, each record a note."""

from support.rtp import RelayedCall


def heard_both_ways(stage):
    call = RelayedCall(stage)
    call.talk()
    assert set(call.desk_audio.heard()) == {1} and set(call.caller_audio.heard()) == {2}
    call.hang_up()
    stage.wait_for_silence()


def notes(stage):
    cdrs = sorted(stage.ctl.cdrs(), key=lambda cdr: cdr["received_ms"])
    shown = [stage.ctl.ask("cdr", "show", cdr["id"])["cdr"] for cdr in cdrs]
    return [[note["text"] for note in cdr.get("notes", [])] for cdr in shown]


def has_notes(stage, count):
    stage.wait_until(lambda: sum(map(len, notes(stage))) == count, f"note {count}")


def play(stage):
    stage.bare_phone("desk")
    (stage.home / "file").touch()
    relay = 'mode = "relay"\n[recording]\n'
    stage.open(media=relay + f'directory = "{stage.home}/file/recordings"\nmin_free_mb = 0')
    heard_both_ways(stage)
    heard_both_ways(stage)
    has_notes(stage, 2)
    why = f"{stage.home}/file/recordings"
    assert stage.server.log().count("recording_failed") == 1, "not said once"
    assert any(why in warning for warning in stage.ctl.ask("status")["warnings"])

    stage.write_config(media=relay + "min_free_mb = 1000000000")
    stage.ctl.ask("reload")
    heard_both_ways(stage)
    has_notes(stage, 3)
    assert any("have to stay free" in warning for warning in stage.ctl.ask("status")["warnings"])

    stage.write_config(media=relay + "min_free_mb = 0")
    stage.ctl.ask("reload")
    heard_both_ways(stage)
    has_notes(stage, 4)
    stage.wait_until(lambda: not stage.ctl.ask("status")["warnings"], "no more trouble")
    assert stage.server.log().count("recording_again") == 1
    first, second, third, fourth = (texts[0] for texts in notes(stage))
    assert first == second and first.startswith(f"none: {why}/"), first
    assert third.startswith("none: ") and "have to stay free" in third, third
    assert "sha256=" in fourth, fourth
