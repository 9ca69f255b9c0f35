"""A failed assertion (SIGABRT), then a bad pointer (SIGSEGV): after each the server is started
again and the call goes on, with one record in the end."""

import os
import resource
import signal

from support.talk import hang_up, talk

CRASHES = signal.SIGABRT, signal.SIGSEGV


def play(stage):
    desk, caller = stage.bare_phone("desk"), stage.bare_caller()
    # A sanitizer would have the last word, and tell of a fault that is none.
    stage.server.prefix = ["env", *(f"{name}={os.environ.get(name, '')}:handle_segv=0"
                                    for name in ("ASAN_OPTIONS", "TSAN_OPTIONS"))]
    stage.open()
    _, ok = talk(caller, desk)
    for crash in CRASHES:
        resource.prlimit(stage.server.pid, resource.RLIMIT_CORE, (0, 0))
        os.kill(stage.server.pid, crash)
        assert stage.server.wait() == -crash
        stage.restart()
        (call,) = stage.ctl.calls()
        assert call["adopted"], call
        caller.show_itself()
        desk.reply(desk.wait_for("OPTIONS", seconds=5), "200 OK")
        assert stage.ctl.account("acme")["reserved"] != "0.000"
    hang_up(caller, desk, ok, 2)
    stage.wait_for_silence()
