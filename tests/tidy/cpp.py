"""Rules about code: length of functions, head comments, money without floats, who reads clocks."""

import ast
import re

MOST_FUNCTION_LINES = 70
SOURCES = (".h", ".cpp")

# The only files that may read a clock: the server's, and the hook that gives sofia-sip its time.
CLOCK_FILES = re.compile(r"src/server/clock\.\w+$|src/sip/loop\.cpp$")
CLOCKS = re.compile(
    r"(?:system|steady|high_resolution|utc|file)_clock::now|\bclock_gettime\b|\bgettimeofday\b"
    r"|(?<![\w.>])(?:std::)?time\((?:nullptr|NULL|0|&)|\blocaltime|\bgmtime"
)
SLEEPS = re.compile(r"\bsleep_(?:for|until)\b|\b(?:u|nano)?sleep\(|\bclock_nanosleep\b")
FLOATS = re.compile(r"\b(?:float|double)\b")
MONEY = ("include/hotline/billing/", "src/billing/", "include/hotline/base/money", "src/base/money")


def code_only(text):
    """The text with comments and literals blanked, every line kept."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group()) if match.group()[0] in "/" else '""' + re.sub(
            r"[^\n]", "", match.group())

    return re.sub(
        r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",
        blank, text, flags=re.DOTALL)


def _is_function(head):
    """Does a brace after this text open a function's body?"""
    plain = re.sub(r"operator\s*[^\s\w(]+", "operator", head)
    if ")" not in plain or re.search(r"=\s*$|\breturn\b", plain):
        return False
    depth = 0
    for i, character in enumerate(plain):
        depth += (character == "(") - (character == ")")
        if character == "=" and depth == 0 and "template" not in plain[:i]:
            return False
    # A member's initializer in a constructor's list: `: a_(1), b_{`.
    in_list = re.search(r"\)\s*(?:noexcept\s*)?:[^:]", plain)
    return not (in_list and re.search(r"[\w>]\s*$", plain))


def functions(text):
    """(first line, last line) of every function that is not inside another."""
    code = code_only(text)
    scopes = []  # of each open brace: "function", "scope" or "other"
    start, line, head_line = 0, 1, 1
    first = None
    for i, character in enumerate(code):
        if character == "\n":
            line += 1
        if character not in "{};":
            if not code[start:i].strip():
                head_line = line
            continue
        head = code[start:i]
        if character == "{":
            inside = "function" in scopes or "other" in scopes
            kind = _kind_of(head, inside)
            if kind == "function":
                first = head_line
            scopes.append(kind)
            if kind == "other":
                continue  # the statement goes on after the brace
        elif character == "}" and scopes:
            kind = scopes.pop()
            if kind == "function":
                yield first, line
            if kind == "other":
                continue
        if "function" not in scopes and "other" not in scopes:
            start, head_line = i + 1, line


def _kind_of(head, is_inside):
    if is_inside:
        return "other"
    head = re.sub(r"^\s*(?:(?:public|private|protected)\s*:)", "", head)
    if _is_function(head):
        return "function"
    is_scope = re.search(r"\b(?:namespace|class|struct|union|enum|extern)\b", head)
    return "scope" if is_scope and "=" not in head.split("<")[0] else "other"


def function_length(tree):
    """A function has at most 70 lines."""
    for file in tree.under(("include/", "src/", "tests/", "bench/"), SOURCES):
        for first, last in functions(tree.text(file)):
            if last - first + 1 > MOST_FUNCTION_LINES:
                count = last - first + 1
                yield file, first, f"a function of {count} lines, {MOST_FUNCTION_LINES} at most"


def python_function_length(tree):
    """So has one in Python."""
    for file in tree.under("", (".py",)):
        for node in ast.walk(ast.parse(tree.text(file))):
            if isinstance(node, ast.FunctionDef):
                count = node.end_lineno - node.lineno + 1
                if count > MOST_FUNCTION_LINES:
                    yield file, node.lineno, f"a function of {count} lines"


def head_comment(tree):
    """A header begins by saying what it is, and is included once."""
    for file in tree.under(("include/", "src/"), (".h",)):
        if not tree.text(file).startswith("// "):
            yield file, 1, "does not begin by saying what it is"
        if "\n#pragma once\n" not in tree.text(file):
            yield file, 1, "lacks #pragma once"


def money(tree):
    """Money is never floating point."""
    yield from _matches(tree, tree.under(MONEY, SOURCES), FLOATS, "floating point in money")


def clocks(tree):
    """One file reads the clock; nothing sleeps, tests of the core least of all."""
    product = [f for f in tree.under(("include/", "src/"), SOURCES) if not CLOCK_FILES.match(f)]
    yield from _matches(tree, product, CLOCKS, "reads a clock")
    pure = tree.under(("tests/flows/", "tests/simulation/"), SOURCES)
    yield from _matches(tree, product + pure, SLEEPS, "sleeps")
    yield from _matches(tree, pure, CLOCKS, "reads a clock")


def _matches(tree, files, pattern, what):
    for file in files:
        for number, line in enumerate(code_only(tree.text(file)).split("\n"), 1):
            if match := pattern.search(line):
                yield file, number, f"{what}: {match.group()}"


RULES = (function_length, python_function_length, head_comment, money, clocks)
