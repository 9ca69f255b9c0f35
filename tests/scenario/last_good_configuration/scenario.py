"""A restart on broken files serves calls by the last accepted rules and says so, until a reload of
mended files."""

WARNING = "the configuration is bad: serving from the last accepted one"


def play(stage):
    stage.phone("desk")
    stage.open()
    rules = stage.config / "hotlines/4001234567.toml"
    good = rules.read_text(encoding="utf-8")
    stage.server.terminate()
    assert stage.server.wait() == 0

    rules.write_text(good.replace('to = "group:all"', 'to = "group:nobody"'))
    stage.restart()
    stage.server.wait_for_log("serving_last_good_configuration")
    assert WARNING in stage.ctl.ask("status")["warnings"]
    stage.call("talk")

    rules.write_text(good)
    code, out, err = stage.ctl.run("reload")
    assert code == 0, (out, err)
    assert stage.ctl.ask("status")["warnings"] == [], stage.ctl.ask("status")
    stage.call("talk")
