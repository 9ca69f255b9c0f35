#!/usr/bin/env python3
"""Is docs/front/kamailio.cfg one that Kamailio takes, with and without its options? And would it
say so, were it not?

Exit: 0 yes, 1 no, 77 there is no Kamailio with TLS here.
"""

import glob
import pathlib
import shutil
import subprocess
import sys
import tempfile

CANNOT_TELL = 77
TLS = "/usr/lib/*/kamailio/modules/tls.so"
OPTIONS = ([], ["-A", "WITH_SRTP"])


def complaint(config, options):
    """What Kamailio says against the file; empty where it takes it."""
    command = ["kamailio", "-c", *options, "-f", config]
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    return "" if done.returncode == 0 else done.stderr.decode(errors="replace")


def main():
    config = pathlib.Path(sys.argv[1])
    if not shutil.which("kamailio") or not glob.glob(TLS):
        print("SKIPPED: kamailio or its TLS module (kamailio-tls-modules) is not installed; "
              f"{config.name} is not checked")
        return CANNOT_TELL
    problems = [f"{config.name} {options}: {said}"
                for options in OPTIONS if (said := complaint(config, options))]
    text = config.read_text(encoding="utf-8")
    for wrong in ("no_such_function();", 'modparam("tls", "no_such_parameter", 1)'):
        line = f"route[X] {{ {wrong} }}" if wrong.endswith(";") else wrong
        with tempfile.NamedTemporaryFile("w", suffix=".cfg") as broken:
            broken.write(f"{text}\n{line}\n")
            broken.flush()
            if not complaint(broken.name, []):
                problems.append(f"kamailio takes “{wrong}”: its check is none")
    print("\n".join(problems) or f"{config.name}: taken")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
