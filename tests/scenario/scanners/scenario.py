"""SIPVicious, as half the world's scanners are: svmap finds no server, svwar no user, svcrack no
password, for it hears no more answers after ten tries, whatever it tries next."""

import pathlib
import shutil
import subprocess

from support.stage import CannotPlay

PASSWORD = "correct-horse-battery"
WORDS = [f"guess{number}" for number in range(40)] + [PASSWORD]


def play(stage):
    if not shutil.which("svcrack"):
        raise CannotPlay("SIPVicious is not installed (sipvicious)")
    secret = pathlib.Path(stage.config) / "passwords" / "li"
    secret.parent.mkdir(parents=True)
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(0o600)
    stage.open()
    words = stage.home / "words"
    words.write_text("\n".join(WORDS) + "\n", encoding="utf-8")

    found = run(stage, "svmap", "mapper", stage.server_host)
    assert "found nothing" in found and "Hotline" not in found, found
    found = run(stage, "svwar", "walker", "-m", "REGISTER", "-e100-110", stage.server_host)
    assert "| 10" not in found, found
    assert not stage.counter("registered")
    found = run(stage, "svcrack", "cracker", "-u", "li", "-d", words, stage.server_host)
    assert PASSWORD not in found, found
    assert stage.counter("banned") >= 1


def run(stage, tool, name, *arguments):
    """From an address of its own. Returns what it says; where it gets no answers it may not end."""
    command = [tool, "-b", stage.reserve(name).split(":")[0], *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False,
                              cwd=stage.home)
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        return ((late.stdout or b"") + (late.stderr or b"")).decode()
