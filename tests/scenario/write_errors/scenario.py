"""Writing to the database fails, first for want of space, then because the disk is broken: calls
that talk go on and end as ever, answers and new calls are refused; after each new calls are taken
again, and each call has one record and pays for what it was."""

from support.faults import system_calls
from support.live import Asking, Outage


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    for error, word in (("ENOSPC", "full"), ("EIO", "I/O error")):
        outage = Outage(stage, desk, f"-{error}")
        with Asking(stage):
            with system_calls(stage, "pwrite64", f"error={error}"):
                outage.live_through(word, seconds=2)
            outage.recover()
