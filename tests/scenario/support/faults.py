"""Faults brought about from outside: system calls that fail or dawdle, a small disk, a disk that
can no longer be written."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time

from support.stage import CannotPlay

CLONE_NEWNS = 0x00020000  # Linux's number; Python 3.11 has no name for it


@contextlib.contextmanager
def system_calls(stage, calls, how):
    """Inside, these system calls of the running server go so: error=EIO, delay_enter=3000000."""
    if not shutil.which("strace"):
        raise CannotPlay("strace is not installed")
    told = stage.home / "strace.told"
    command = ["strace", "-f", "-p", stage.server.pid, "-o", stage.home / "strace",
               "-e", f"trace={calls}", "-e", f"inject={calls}:{how}"]
    with open(told, "wb") as out:
        tracer = subprocess.Popen([str(word) for word in command], stderr=out)
    try:
        _wait_until_attached(stage, tracer, told)
        yield
    finally:
        # It lets go of the server, which goes on as if nothing had been.
        tracer.send_signal(signal.SIGINT)
        try:
            tracer.wait(10)
        except subprocess.TimeoutExpired:
            tracer.kill()
            tracer.wait()


def _wait_until_attached(stage, tracer, told):
    end = time.monotonic() + 10
    while " attached" not in told.read_text(errors="replace"):
        if tracer.poll() is not None or time.monotonic() > end:
            why = told.read_text(errors="replace").strip()
            assert stage.server.is_running(), f"the server has ended; strace: {why}"
            raise CannotPlay(f"strace may not look into the server: {why}")
        time.sleep(0.02)


class SmallDisk:
    """The server's state directory as a disk of its own, in memory. Make it before the server
    starts; it lasts until the scenario is over, and no other program ever sees it."""

    def __init__(self, stage, size):
        _have_own_mounts()
        self.path = stage.home / "state"
        self._filler = self.path / "filler"
        self.path.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", self.path)
        stage.endings.callback(self._leave_files)

    def fill(self):
        """Takes all the space that is left."""
        with open(self._filler, "ab", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    def has_space(self):
        return os.statvfs(self.path).f_bavail > 0

    def free(self):
        self._filler.unlink()

    def forbid_writing(self):
        """What is opened from now on can be read only. (A whole file system cannot be made
        read-only while files of it are open for writing, not even by root: only an error does
        that. What is open already must be made to fail with EROFS.)"""
        _mount("--bind", self.path, self.path)
        _mount("-o", "remount,bind,ro", self.path)

    def allow_writing(self):
        _mount("-o", "remount,bind,rw", self.path)

    def _leave_files(self):
        """What is on it stays in the run's folder, for those who want to know why it failed."""
        kept = self.path.with_name("state.kept")
        shutil.copytree(self.path, kept, symlinks=True, ignore=shutil.ignore_patterns("filler"))
        while os.path.ismount(self.path):
            subprocess.run(["umount", "--lazy", self.path], check=True)
        self.path.rmdir()
        kept.rename(self.path)


def _have_own_mounts():
    """From here on this process and its children mount for themselves alone: nothing is left
    behind whatever ends them."""
    if not shutil.which("mount"):
        raise CannotPlay("mount is not installed")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        why = os.strerror(ctypes.get_errno())
        raise CannotPlay(f"this takes root, who may mount: {why}")
    _mount("--make-rprivate", "/")


def _mount(*words):
    done = subprocess.run(["mount", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotPlay(f"cannot mount: {done.stderr.strip()}")
