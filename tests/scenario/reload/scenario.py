"""A reload takes the new rules whole or not at all: a broken file changes nothing and is told with
its place, a good one counts for the next call, and the call that is up keeps the price it began
with."""


def play(stage):
    stage.phone("desk")
    stage.phone("li")
    stage.open()
    file = "hotlines/4001234567.toml"
    good = (stage.config / file).read_text(encoding="utf-8")
    (stage.config / file).write_text(good.replace('to = "group:all"', 'to = "group:nobody"'))
    stage.server.reload()
    stage.server.wait_for_log("4001234567.toml:")
    stage.call("talk")

    code, out, err = stage.ctl.run("reload")
    assert code == 1 and "4001234567.toml:" in out + err, (code, out, err)
    code, out, err = stage.ctl.run("check")
    assert code == 1 and "nobody" in out + err, (code, out, err)

    long_call = stage.start_call("talk", talk_ms=4000)
    stage.wait_until(lambda: long_call.received("SIP/2.0 200"), "the answer")
    better = good.replace('phones = ["desk", "li"]', 'phones = ["li", "desk"]')
    (stage.config / file).write_text(better.replace('"minute"', '"second"'))
    code, out, err = stage.ctl.run("reload")
    assert code == 0, (out, err)
    stage.call("talk", talk_ms=500)
    long_call.wait(10)
