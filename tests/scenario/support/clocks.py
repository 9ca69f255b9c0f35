"""Clocks of the server's own: a time of day that is set as an administrator would, and a clock that
only runs forward, which leaps ahead so that nobody has to wait."""

import pathlib
import shutil
import struct
import subprocess

from support.stage import CannotPlay

SOURCE = pathlib.Path(__file__).with_name("clocks.c")


class Clocks:
    """What the server takes for the time. Made before it is started."""

    def __init__(self, stage):
        compiler = shutil.which("cc")
        if compiler is None:
            raise CannotPlay("no C compiler, to build the server's clocks with")
        if stage.server.is_instrumented():
            raise CannotPlay("a sanitizer's runtime bears no other library before it")
        library, self._file = stage.home / "clocks.so", stage.home / "clocks"
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, SOURCE], check=True)
        self._wall_s = self._mono_s = 0
        self._file.touch()
        self._write()
        stage.server.prefix = ["env", f"LD_PRELOAD={library}", f"CLOCKS={self._file}"]

    def set_wall(self, ahead_s):
        """So many seconds ahead of the true time of day from now on; below zero, behind it."""
        self._wall_s = ahead_s
        self._write()

    def leap(self, seconds):
        """So much time is over at once, for the time of day too."""
        self._wall_s += seconds
        self._mono_s += seconds
        self._write()

    def _write(self):
        with open(self._file, "r+b") as file:
            file.write(struct.pack("qq", self._wall_s, self._mono_s))
