"""kill -9 twice in a talk, the wall clock set back an hour between them: the server is back each
time, its one record is billed as long as the talk was, its requests to either side have ever higher
numbers (RFC 3261 §12.2.1.1), and a later call has the higher id."""

import time

from support.clocks import Clocks
from support.talk import hang_up, talk

TOLERANCE_MS = 100
CONFIRMED_S = 10.5  # from then on a restart knows that the caller had heard the answer


def play(stage):
    clocks = Clocks(stage)
    desk, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    _, ok = talk(caller, desk)
    time.sleep(CONFIRMED_S)
    numbers = {caller: [], desk: []}
    for ahead_s in (0, -3600):
        stage.server.kill()
        clocks.set_wall(ahead_s)
        stage.restart()
        for side, answer in ((caller, caller.accept), (desk, lambda m: desk.reply(m, "200 OK"))):
            probe = side.wait_for("OPTIONS", seconds=5)
            assert probe, f"{side.name} was not asked whether it is still there"
            numbers[side].append(int(probe.header("CSeq").split()[0]))
            answer(probe)
    left = time.time()
    caller.ask("BYE", ok, 2)
    bye = desk.wait_for("BYE")
    numbers[desk].append(int(bye.header("CSeq").split()[0]))
    desk.reply(bye, "200 OK")
    later = stage.bare_caller(call="later")
    _, ok_later = talk(later, desk)
    hang_up(later, desk, ok_later, 2)
    stage.wait_for_silence()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "both records")
    cdrs = {cdr["caller_leg_id"].partition("@")[0]: cdr for cdr in stage.ctl.cdrs()}
    # A restart may take the answer for two seconds later than it was: to the caller's favour.
    talked_ms, billed_ms = 1000 * (left - ok.time), cdrs["bare"]["talk_ms"]
    assert talked_ms - 2500 < billed_ms < talked_ms + TOLERANCE_MS, (cdrs["bare"], talked_ms)
    problems = [f"{side.name} got requests numbered {its}" for side, its in numbers.items()
                if its != sorted(set(its))]
    if cdrs["later"]["id"] < cdrs["bare"]["id"]:
        problems.append(f"call {cdrs['later']['id']} came later than {cdrs['bare']['id']}")
    assert not problems, problems
