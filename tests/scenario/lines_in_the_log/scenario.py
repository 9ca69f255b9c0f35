"""Nobody writes in the server's log but the server: line ends, escape sequences, NUL and characters
that turn the direction of writing, as they are and encoded, in all headers of calls and in files of
the configuration; a User-Agent of 60 kB and one of a megabyte; thousands of messages a second. Each
event is one line of a known form and length, as text and as JSON, and the log grows slowly."""

import contextlib
import time

from bad_text import FORGED, RUDE, Rude, rules_with
from log_lines import Lines
from support.tcp import Stream

PER_S, SECONDS = 2_000, 4
MOST_LINES_A_S = 500  # a quarter of what comes
MOST_A_LINE = 400  # bytes, on average
PAUSE_S, AT_ONCE = 0.012, 10  # below 100 a second: refusals are all logged; so many unread at most
FLUSHED_S = 1.5  # after so long what is logged is in the file


def play(stage):
    stage.phone("desk", "reject")
    stage.open(level="debug", json="false")
    caller = stage.bare_caller(call="rude")
    wrong = provoke(stage, caller, Lines(stage))
    end(stage)
    lines = Lines(stage, as_json=True)
    stage.write_config(level="info", json="true")
    stage.restart()
    wrong += provoke(stage, caller, lines)
    end(stage)
    lines = Lines(stage)
    stage.write_config(json="false")
    stage.restart()
    wrong += bomb(stage, caller, lines)
    assert not wrong, "\n".join(wrong)


def end(stage):
    stage.server.terminate()
    assert stage.server.wait() == 0


def provoke(stage, caller, lines):
    """Everything but the flood. Returns what is wrong with the log."""
    attack(stage, caller, lines)
    huge_agents(stage)
    bad_configuration(stage)
    return lines.problems()


def attack(stage, caller, lines):
    """All that is wrong in all fields; the calls that come of it are in the log."""
    for number, text in enumerate(Rude(caller, "a").everywhere()):
        caller.say(text)
        time.sleep(PAUSE_S)
        if number % AT_ONCE == 0:
            catch_up(caller, 1000 + number)
    settle(stage, caller, lines)
    assert lines.ends() > len(RUDE) * 5, f"only {lines.ends()} calls came of it"
    assert lines.holding(b"forged") > len(RUDE) * 3, "it is not in the log at all"


def catch_up(caller, cseq):
    """Until the server has read what was sent; what it has no time for it turns away."""
    for again in range(20):
        caller.say(caller.request("OPTIONS", cseq + 100_000 * again))
        if caller.wait_for("SIP/2.0 200", 1):
            return
    raise AssertionError("the server does not answer")


def settle(stage, caller, lines):
    """Until all that was sent is done with, and in the log."""
    catch_up(caller, 1)
    stage.wait_for_silence(20)
    time.sleep(FLUSHED_S)
    assert lines.ends() <= stage.counter("calls"), "more lines than calls"


def huge_agents(stage):
    """A header that is longer than any line may be, and one that is longer than any message."""
    caller = stage.bare_caller(call="huge")
    caller.say(Rude(caller, "huge").invite(dialled="forged", agent="A" * 60_000))
    assert caller.wait_for("SIP/2.0 404", 5), "no answer to a long header"
    vast = Rude(caller, "vast").invite(dialled="forged", agent="A" * 1_000_000)
    stream = Stream(stage.carrier, stage.server_host)
    with contextlib.suppress(OSError):  # a reset is an answer, too
        stream.send(vast.replace(b"/UDP", b"/TCP"))
        refusal = stream.wait_for("SIP/2.0 4", 5)
        assert refusal or not stream.is_running(), "a message without end is listened to"
    stream.kill()
    stream = Stream(stage.carrier, stage.server_host)
    stream.send(caller.request("OPTIONS").replace("/UDP", "/TCP"))
    assert stream.wait_for("SIP/2.0 200"), "it takes no connections any more"
    stream.finish()


def bad_configuration(stage):
    """A reload of files with such texts, and a name like that, is refused and says why."""
    rules = stage.config / "hotlines" / "4001234567.toml"
    good = rules.read_text(encoding="utf-8")
    rules.write_text(good + rules_with(RUDE), encoding="utf-8")
    broken = stage.config / "hotlines" / f"b\n{FORGED}\x1b[2J.toml"
    broken.write_bytes(b"\n".join(RUDE))
    assert stage.ctl.run("reload")[0] == 1
    broken.unlink()
    rules.write_text(good, encoding="utf-8")
    assert stage.ctl.run("reload")[0] == 0


def bomb(stage, caller, lines):
    """Thousands of calls to nobody, and as many other messages that are refused. Returns what is
    wrong with the log."""
    began = time.monotonic()
    rude, stranger = Rude(caller, "bomb"), stage.bare_caller(stage.stranger, "stranger")
    for number in range(PER_S * SECONDS):
        caller.call = f"bomb{number}"
        caller.say(rude.invite(dialled=f"400000{number:04}"))
        caller.say((caller.request("BYE", to_tag="x"), caller.invite(contact="*"),
                    caller.request("NONSENSE"), "NONSENSE\n\n")[number % 4])
        stranger.say(stranger.request("OPTIONS", number))
        caller.messages()
        time.sleep(max(0, began + number / PER_S - time.monotonic()))
    settle(stage, caller, lines)
    took, count, size = time.monotonic() - began, len(lines.whole()), lines.size()
    print(f"{count} lines, {size} bytes in {took:.1f} s, of {stage.counter('calls')} calls")
    wrong = lines.problems()
    if count > MOST_LINES_A_S * took:
        wrong.append(f"{count} lines in {took:.1f} s")
    if size > count * MOST_A_LINE:
        wrong.append(f"{size} bytes in {count} lines")
    return wrong
