"""A rollback brings the next call back to the old phone: the old version's files are in the
directory again, so a restart serves them too; edits that were never loaded stop it, or are kept."""

import getpass


def versions(stage):
    return {one["version"]: one for one in stage.ctl.ask("config", "history")["versions"]}


def play(stage):
    stage.phone("desk")
    stage.phone("li")
    stage.open()
    rules = stage.config / "hotlines/4001234567.toml"
    old = rules.read_text(encoding="utf-8")
    new = old.replace('phones = ["desk", "li"]', 'phones = ["li", "desk"]')
    rules.write_text(new)
    code, out, err = stage.ctl.run("reload")
    assert code == 0, (out, err)
    stage.call("talk")  # li

    code, out, err = stage.ctl.run("config", "diff", "1", "2")
    assert code == 0 and '\n-phones = ["desk", "li"]\n+phones = ["li", "desk"]\n' in out, (out, err)
    rules.write_text(new.replace("ring_s = 2", "ring_s = 3"))
    code, out, err = stage.ctl.run("config", "rollback", "1")
    assert code == 1 and "has edits that were never loaded: 1 hotline changed" in err, (out, err)
    stage.call("talk")  # li still

    code, out, err = stage.ctl.run("config", "rollback", "1", "--force")
    assert code == 0 and "what was there is kept as version 3\n" in out, (out, err)
    assert "group all of 4001234567 changed (phones)" in out, out
    assert rules.read_text(encoding="utf-8") == old
    stage.call("talk")  # desk

    kept = versions(stage)
    assert kept[1]["by"] == "start" and kept[2]["by"].startswith(getpass.getuser()), kept
    assert not kept[3]["loaded"] and kept[4]["in_use"] and kept[4]["same_as"] == 1, kept

    stage.server.terminate()
    assert stage.server.wait() == 0
    stage.restart()
    assert stage.ctl.ask("status")["snapshot"]["version"] == 4
    stage.call("talk")  # desk

    # With the server stopped it works as well, and counts at the next start.
    stage.server.terminate()
    assert stage.server.wait() == 0
    code, out, err = stage.ctl.run("config", "rollback", "2")
    assert code == 0 and "the server is stopped" in out, (out, err)
    stage.restart()
    assert versions(stage)[5]["same_as"] == 2
    stage.call("talk")  # li
