"""Who may include whom: the pure core knows the standard library (and one container of Boost's),
adapters not each other."""

import re

CORE = ("base", "number", "region", "schedule", "routing", "billing", "call", "cdr")
ADAPTERS = ("numbering", "region_files", "sip", "media", "store", "config", "admin")
TOPS = ("server", "ctl")

# What each module of the core may build on, besides itself (docs/architecture.md).
BUILDS_ON = {
    "base": (),
    "number": ("base",),
    "schedule": ("base",),
    "billing": ("base",),
    "cdr": ("base",),
    "region": ("base", "number"),
    "routing": ("base", "number", "region", "schedule", "billing"),
    "call": CORE + ("ports",),
    "ports": CORE,
}
# <format>, <print>: not in g++ 12; <thread>, <fstream> …: no threads, files or clocks in the core.
# small_vector: docs/adr/0012-small-vector.md.
CORE_HEADERS = frozenset(
    "algorithm array bit bitset charconv chrono compare concepts cstddef cstdint cstdio cstdlib "
    "cstring deque functional initializer_list iterator limits list map memory new numeric "
    "optional queue ranges set span string string_view tuple type_traits unordered_map "
    "unordered_set utility variant vector boost/container/small_vector.hpp".split()
)
INCLUDE = re.compile(r'^\s*#\s*include\s+(?P<open>[<"])(?P<path>[^>"]+)[>"]')
SOURCES = (".h", ".cpp", ".inc")


def module_of(file):
    """The module a file belongs to, None outside the modules."""
    match = re.match(r"(?:include/hotline|src)/(\w+)/", file)
    return match.group(1) if match else None


def includes(tree, file):
    for number, line in enumerate(tree.lines(file), 1):
        if match := INCLUDE.match(line):
            yield number, match["open"] == "<", match["path"]


def core_headers(tree):
    """The core includes CORE_HEADERS and itself. The generator of its tables is a tool."""
    for file in tree.under(("include/hotline/", "src/"), SOURCES):
        if module_of(file) not in BUILDS_ON or "/generator/" in file:
            continue
        for number, is_angled, path in includes(tree, file):
            if is_angled and path not in CORE_HEADERS:
                yield file, number, f"<{path}> in the pure core"


def direction(tree):
    """The core's modules build on each other one way; its private headers are private."""
    for file in tree.under(("include/hotline/", "src/"), SOURCES):
        module = module_of(file)
        if module not in BUILDS_ON:
            continue
        for number, is_angled, path in includes(tree, file):
            if is_angled:
                continue
            public = re.match(r"hotline/(\w+)/", path)
            wanted = public.group(1) if public else path.split("/")[0]
            if wanted == module or (public and wanted in BUILDS_ON[module]):
                continue
            yield file, number, f'"{path}": {module} does not build on it'


def adapters(tree):
    """An adapter includes no other; the server includes all of them, hotlinectl the server too."""
    for file in tree.under("src/", SOURCES):
        module = module_of(file)
        if module not in ADAPTERS + TOPS:
            continue
        for number, is_angled, path in includes(tree, file):
            other = path.split("/")[0]
            if is_angled or other in (module, "hotline"):
                continue
            from_top = module == "ctl" or (module == "server" and other != "ctl")
            if not from_top or other not in ADAPTERS + TOPS:
                yield file, number, f'"{path}" in {module}'


RULES = (core_headers, direction, adapters)
