"""The disk refuses to sync: what it may have lost is reported as done to nobody. Answers and new
calls are refused, calls that talk go on and end as ever; once the disk syncs again new calls are
taken, and each call has one record and pays for what it was."""

from support.faults import system_calls
from support.live import Asking, Outage


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    outage = Outage(stage, desk)
    with Asking(stage):
        with system_calls(stage, "fdatasync,fsync", "error=EIO"):
            outage.live_through("I/O error", seconds=3)
        outage.recover()
