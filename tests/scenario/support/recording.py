"""The recording of a scenario's only call, and what its record says of it."""

import hashlib
import re


def _record(stage):
    (cdr,) = stage.ctl.cdrs()
    return stage.ctl.ask("cdr", "show", cdr["id"])["cdr"]


def recording_of(stage):
    """The file that the record names."""
    return stage.home / "state" / "recordings" / _record(stage)["recording"]


def noted(stage, seconds=5):
    """The note, once it is there, which tells the truth: path, sha256, seconds, by."""
    stage.wait_until(lambda: _record(stage).get("notes"), "the note of the recording", seconds)
    record = _record(stage)
    (note,) = record["notes"]
    assert note["kind"] == "recording", note
    match = re.fullmatch(r"(\S+) sha256=([0-9a-f]{64}) seconds=([\d.]+) bytes=(\d+)", note["text"])
    assert match, note
    path, sha256, length, size = match.groups()
    file = recording_of(stage)
    assert path == record["recording"], (path, record["recording"])
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256, "another file's hash"
    assert file.stat().st_size == int(size)
    return {"by": note["by"], "sha256": sha256, "seconds": float(length)}
