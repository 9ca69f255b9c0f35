"""An imported table changes where a call goes, at once and whole or not at all; one that is damaged
at a start is left out, loudly."""

CALLER = "19212345678"  # of a segment that the builtin table does not place
HEADER = "号段,省份,城市,区号,运营商\n"


def play(stage):
    stage.phone("desk")
    stage.phone("li")
    stage.open()
    stage.call("talk", user=CALLER)

    table = stage.home / "table.csv"
    table.write_text(HEADER + "1921234,江苏省,苏州市,0512,中国广电\n", encoding="utf-8")
    code, out, err = stage.ctl.run("region", "import", str(table))
    assert code == 0 and "the running server uses them now" in out, (out, err)
    stage.call("talk", user=CALLER)
    found = stage.ctl.ask("region", "lookup", CALLER)
    assert found["city"] == "苏州" and found["place_source"] == "imported", found

    table.write_text(HEADER + "1921234,江西,南昌,0791,\n1921235,江荪,,,\n", encoding="utf-8")
    code, out, err = stage.ctl.run("region", "import", str(table))
    assert code == 1 and "did you mean \"江苏\"?" in out, (out, err)
    stage.call("talk", user=CALLER)

    stage.server.terminate()
    assert stage.server.wait() == 0
    kept = stage.home / "state" / "regions.csv"
    good = kept.read_text(encoding="utf-8")
    kept.write_text(good[:-len("广电\n")] + "广\n", encoding="utf-8")
    stage.restart()
    stage.server.wait_for_log("the imported regions are not used: line 2: ")
    (warning,) = stage.ctl.ask("status")["warnings"]
    assert warning.startswith(f"{kept}: warning: the imported regions are not used"), warning
    stage.call("talk", user=CALLER)

    (stage.config / "own.csv").write_text(HEADER + "192,江苏,苏州,,\n", encoding="utf-8")
    platform = stage.config / "hotline.toml"
    platform.write_text(platform.read_text(encoding="utf-8")
                        + "\n[region]\noverrides = \"own.csv\"\n", encoding="utf-8")
    code, out, err = stage.ctl.run("reload")
    assert code == 0 and "the imported regions are not used" in out, (out, err)
    stage.call("talk", user=CALLER)

    table.write_text(good, encoding="utf-8")
    code, out, err = stage.ctl.run("region", "import", str(table))
    assert code == 0, (out, err)
    assert stage.ctl.ask("status")["warnings"] == []
