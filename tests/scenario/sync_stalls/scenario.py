"""Syncs of the disk take three seconds, then for ever: callers are told at once that their call is
being seen to, an answer that is not durable in two seconds is given up, new calls are refused once
it is plain that nothing gets through, and calls that talk go on and end as ever; when the disk is
quick again new calls are taken, and each call has one record and pays for what it was."""

from support.faults import system_calls
from support.live import Asking, LiveCall, Outage, RingingCall, warnings

SYNCS = "fdatasync,fsync"
SLOW = "delay_enter=3000000"  # microseconds
STUCK = "delay_enter=60000000"


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    with Asking(stage):
        slow = LiveCall(stage, desk, "slow")
        with system_calls(stage, SYNCS, SLOW):
            RingingCall(stage, desk, "rings-slow", durable=False).answer_in_vain()
            slow.hang_up()
            # Slow is not lost: it takes two syncs at most, of which one has begun already.
            slow.check_record(seconds=10)
        stage.wait_until(lambda: not warnings(stage), "the end of all warnings")

        outage = Outage(stage, desk, "-stuck")
        with system_calls(stage, SYNCS, STUCK):
            outage.live_through("hotline.db", seconds=4, money=False)
        outage.recover()
