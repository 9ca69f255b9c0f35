"""The disk of the state directory is full: calls that talk go on and end as ever, new ones and
answers are refused, the server answers at once and says what is wrong; seconds after there is space
again new calls are taken, and whoever hung up meanwhile has one record and pays for what it was."""

from support.faults import SmallDisk
from support.live import Asking, Outage


def play(stage):
    disk = SmallDisk(stage, "6m")
    desk = stage.bare_phone("desk")
    stage.open()
    outage = Outage(stage, desk)
    with Asking(stage):
        disk.fill()
        outage.live_through("full", seconds=3)
        assert not disk.has_space(), "that was no full disk"
        disk.free()
        outage.recover()
