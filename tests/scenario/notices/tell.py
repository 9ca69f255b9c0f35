"""What the server's owner runs for each notice: writes down what it is given. It fails the first
two times it is given an id; while HOME/hang exists, it does not end.

Usage: tell.py HOME
"""

import json
import pathlib
import sys
import time

home = pathlib.Path(sys.argv[1])
line = sys.stdin.read()
notice = json.loads(line)
with open(home / "told.jsonl", "a", encoding="utf-8") as told:
    told.write(line)
while (home / "hang").exists():
    time.sleep(0.02)
runs = (home / "told.jsonl").read_text(encoding="utf-8").splitlines()
if sum(json.loads(run)["id"] == notice["id"] for run in runs) < 3:
    print("no route to", notice["account"], file=sys.stderr)
    sys.exit(7)
