"""Compares what happened with what a scenario expects.

An object must hold the members expected of it and may hold more; a list has exactly the rows
expected, in order; a text or number is exact. {"between": [a, b]} and {"matches": "regex"} stand
for values that are not known to the letter, {"any_order": [rows]} for rows whose order is open.
"""

import re


def differences(expected, actual, where=""):
    """What does not agree, one sentence each; empty where all does."""
    if isinstance(expected, dict):
        return _object(expected, actual, where)
    if isinstance(expected, list):
        return _list(expected, actual, where)
    # True is no 1 and 1.0 no 1 in a record.
    if type(expected) is not type(actual) or expected != actual:
        return [f"{where}: expected {expected!r}, got {actual!r}"]
    return []


def _object(expected, actual, where):
    if expected.keys() == {"between"}:
        low, high = expected["between"]
        fits = isinstance(actual, (int, float)) and low <= actual <= high
        return [] if fits else [f"{where}: expected {low} to {high}, got {actual!r}"]
    if expected.keys() == {"matches"}:
        fits = isinstance(actual, str) and re.fullmatch(expected["matches"], actual)
        return [] if fits else [f"{where}: expected /{expected['matches']}/, got {actual!r}"]
    if expected.keys() == {"any_order"}:
        return _any_order(expected["any_order"], actual, where)
    if not isinstance(actual, dict):
        return [f"{where}: expected an object, got {actual!r}"]
    found = []
    for key, value in expected.items():
        if key not in actual:
            found.append(f"{where}.{key}: missing")
        else:
            found += differences(value, actual[key], f"{where}.{key}")
    return found


def _list(expected, actual, where):
    if not isinstance(actual, list) or len(actual) != len(expected):
        return [f"{where}: expected {len(expected)} rows, got {_count(actual)}: {actual!r}"]
    found = []
    for i, (want, have) in enumerate(zip(expected, actual)):
        found += differences(want, have, f"{where}[{i}]")
    return found


def _any_order(expected, actual, where):
    if not isinstance(actual, list) or len(actual) != len(expected):
        return [f"{where}: expected {len(expected)} rows, got {_count(actual)}: {actual!r}"]
    left = list(actual)
    found = []
    for want in expected:
        fitting = next((row for row in left if not differences(want, row)), None)
        if fitting is None:
            found.append(f"{where}: no row is like {want!r} among {left!r}")
        else:
            left.remove(fitting)
    return found


def _count(value):
    return len(value) if isinstance(value, list) else repr(value)
