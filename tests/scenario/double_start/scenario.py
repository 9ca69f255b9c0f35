"""A server that is started beside another one on its books, by whatever path, or on its port or its
control socket, ends and says whose they are; the first one and its calls notice nothing. Of four
that are started at once after a kill, one serves."""

import re
import shutil
import subprocess

from support.hotlined import Hotlined
from support.live import Asking, LiveCall


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    call = LiveCall(stage, desk, "live")
    (stage.home / "link").symlink_to(stage.home / "state")
    pid = f"in use by another hotlined .*process {stage.server.pid}"
    with Asking(stage):
        refuses(stage, {}, pid)
        refuses(stage, {f"{stage.home}/state": f"{stage.home}/link"}, pid)
        other = {f"{stage.home}/state": f"{stage.home}/other"}
        refuses(stage, other, re.escape(f"udp:{stage.server_host}:5060"))
        other[stage.server_host] = stage.block.host(99)
        refuses(stage, other, re.escape(f"{stage.home}/control.sock"))
        assert [each["state"] for each in stage.ctl.calls()] == ["talking"]
    call.hang_up()
    call.check_record()

    stage.server.kill()
    four = [Hotlined(stage.server.binary, stage.config, folder(stage, n)) for n in range(4)]
    for each in four:
        each.launch()
    try:
        stage.wait_until(lambda: sum(each.is_running() for each in four) == 1, "one server")
        (serves,) = [each for each in four if each.is_running()]
        serves.wait_for_log("event=ready")
        assert all(each is serves or "in use by another" in each.log() for each in four)
        stage.ctl.ask("account", "show", "acme")
        serves.terminate()
        assert serves.wait() == 0
    finally:
        for each in four:
            each.kill()
    stage.restart()


def folder(stage, number):
    """For a server's log."""
    path = stage.home / f"server{number}"
    path.mkdir()
    return path


def refuses(stage, changes, sentence):
    """Starts one more server, on the same configuration but for these texts; it must end and say
    why."""
    config = shutil.copytree(stage.config, stage.home / "config2", dirs_exist_ok=True)
    general = config / "hotline.toml"
    text = general.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, text
        text = text.replace(old, new)
    general.write_text(text, encoding="utf-8")
    try:
        code, said = Hotlined(stage.server.binary, config, stage.home).try_to_start()
    except subprocess.TimeoutExpired:
        raise AssertionError(f"it runs, and should have said: {sentence}") from None
    lines = [line for line in said.splitlines() if line.startswith("hotlined: ")]
    assert code == 1 and len(lines) == 1 and re.search(sentence, lines[0]), (code, said)
