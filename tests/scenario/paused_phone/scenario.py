"""An operator pauses the desk: calls go to li, also after a restart, until the desk is resumed."""


def play(stage):
    stage.phone("desk", "answer")
    stage.phone("li", "answer")
    stage.open()
    stage.ctl.ask("phone", "pause", "4001234567", "desk", "--for", "1h", "--why", "午饭")
    (desk,) = [one for one in stage.ctl.ask("phone", "list")["phones"] if one["name"] == "desk"]
    assert desk["paused"] and desk["why"] == "午饭", desk
    explained = stage.ctl.ask("explain", "--to", "4001234567", "--from", "13900000000")
    assert any(step.endswith("phone desk: paused") for step in explained["steps"]), explained
    stage.call("talk")
    stage.wait_for_silence()
    stage.server.terminate()
    assert stage.server.wait() == 0
    stage.restart()
    stage.call("talk")
    stage.wait_for_silence()
    stage.ctl.ask("phone", "resume", "4001234567", "desk")
    stage.call("talk")
    code, _, err = stage.ctl.run("phone", "resume", "4001234567", "desk")
    assert code == 1 and "is not paused" in err, err
    code, _, err = stage.ctl.run("phone", "pause", "4001234567", "dsk")
    assert code == 1 and "has no phone dsk" in err, err
