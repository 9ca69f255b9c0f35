"""A list with a bad line is refused whole, and taken without that line where the admin says so. A
restart on those files serves by what was taken, and says that they are bad."""

WARNING = "the configuration is bad: serving from the last accepted one"
LIST = "# ours\n13900000000\nnobody\n+86170*\n"


def play(stage):
    stage.phone("desk")
    stage.open()
    (stage.config / "lists").mkdir()
    stage.write_file("lists/ours.txt", LIST)
    general = stage.config / "hotline.toml"
    general.write_text(general.read_text(encoding="utf-8") +
                       '\n[caller_list.ours]\nfiles = ["lists/ours.txt"]\nregions = ["台湾"]\n'
                       '\n[screening]\nblacklists = ["ours"]\n', encoding="utf-8")

    code, out, err = stage.ctl.run("reload")
    assert code == 1 and 'lists/ours.txt:3:1: error: "nobody"' in out, (code, out, err)
    stage.call("talk", user="13900000000")

    code, out, err = stage.ctl.run("reload", "--skip-bad")
    assert code == 0 and 'lists/ours.txt:3:1: warning: "nobody"' in out, (code, out, err)
    stage.call("refused", user="13900000000", status=603)
    stage.call("refused", user="+886912345678", status=403)

    stage.server.terminate()
    assert stage.server.wait() == 0
    stage.restart()
    stage.server.wait_for_log("serving_last_good_configuration")
    assert WARNING in stage.ctl.ask("status")["warnings"]
    stage.call("refused", user="17012345678", status=603)
    assert (stage.config / "lists/ours.txt").read_text(encoding="utf-8") == LIST
