"""A server that stands still: SIGSTOP, and what a machine does that is out of memory or moved."""

import contextlib
import os
import pathlib
import signal


@contextlib.contextmanager
def frozen(stage):
    """It does nothing meanwhile. Datagrams wait for it in the kernel."""
    os.kill(stage.server.pid, signal.SIGSTOP)
    stage.wait_until(lambda: _state(stage.server.pid) == "T", "the stop")
    try:
        yield
    finally:
        os.kill(stage.server.pid, signal.SIGCONT)


def _state(pid):
    stat = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    return stat.rpartition(")")[2].split()[0]
