"""Two thousand calls a second, each for ten phones at once, are more than can be done: those that
wait too long are told 503 and when to come again, without a record of their own. Each call is
counted in some record, and soon after the flood the next one is taken again."""

import time

PER_S, SECONDS = 2000, 3
CALLS = PER_S * SECONDS


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open(balance="100000.00")
    crowd = stage.bare_caller()
    flood(crowd)
    end = time.monotonic()
    away = crowd.wait_for("SIP/2.0 503")
    assert away, "nobody was turned away"
    assert int(away.header("Retry-After")) > 0
    assert away.header("Reason") == 'Q.850;cause=42;text="Switching equipment congestion"'

    one_more = stage.bare_caller(call="one-more")
    while not one_more.wait_for("SIP/2.0 100", seconds=0.2):
        one_more.say(one_more.invite())
        assert time.monotonic() < end + 5, "the next call was not taken"
    one_more.say(one_more.request("CANCEL"))

    stage.wait_until(lambda: counted(stage) == arrived(stage), "all records", seconds=30)
    merged = [record for record in stage.ctl.cdrs() if record["release"]["cause"] == "overload"]
    assert sum(record["calls"] for record in merged) == stage.counter("turned_away") > 100, merged
    assert len(merged) <= SECONDS + 5, merged
    assert all(record["trunk"] == "carrier" for record in merged), merged
    assert desk.received("INVITE"), "nobody was let in"


def counted(stage):
    return sum(record["calls"] for record in stage.ctl.cdrs())


def arrived(stage):
    return stage.counter("calls") + stage.counter("turned_away")


def flood(crowd):
    began = time.monotonic()
    for number in range(CALLS):
        crowd.call = f"crowd-{number}"
        crowd.say(crowd.invite())
        if number % 20 == 0:
            crowd.messages()  # as long as there is room for them
        time.sleep(max(0, began + number / PER_S - time.monotonic()))
