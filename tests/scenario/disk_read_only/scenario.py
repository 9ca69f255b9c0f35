"""The disk of the state directory becomes read-only, as after an error of its file system: calls
that talk go on and end as ever, answers and new calls are refused; when it can be written again new
calls are taken, and each call has one record and pays for what it was."""

from support.faults import SmallDisk, system_calls
from support.live import Asking, Outage, wait_for_trouble


def play(stage):
    disk = SmallDisk(stage, "6m")
    desk = stage.bare_phone("desk")
    stage.open()
    outage = Outage(stage, desk)
    with Asking(stage):
        disk.forbid_writing()
        # What the server has open it may still write, as far as the kernel is concerned.
        with system_calls(stage, "pwrite64", "error=EROFS"):
            wait_for_trouble(stage, "hotline.db")
        outage.live_through("readonly", seconds=3)
        disk.allow_writing()
        outage.recover()
