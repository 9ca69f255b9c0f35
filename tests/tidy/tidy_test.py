#!/usr/bin/env python3
"""Every rule can fail, and does not where nothing is wrong: one small tree for each."""

import pathlib
import tempfile
import unittest

import tidy

README = "| folder |\n|---|\n"
LONG_FUNCTION = "namespace a {\nint f(int x) {\n" + "  ++x;\n" * 69 + "  return x;\n}\n}\n"
FITTING_FUNCTION = LONG_FUNCTION.replace("  ++x;\n", "", 2)

# what the tree holds, and what is found in it; None: nothing
ROWS = [
    ({"src/base/a.cpp": "int a = 1;\n"}, None),
    ({"src/base/a.cpp": "int " + "a" * 100 + ";\n"}, "columns, 100 at most"),
    ({"src/base/a.cpp": "\n" * 499 + "int a;\n"}, None),
    ({"src/base/a.cpp": "\n" * 500 + "int a;\n"}, "501 lines, 500 at most"),
    ({"src/base/a.cpp": "\tint a;\n"}, "a tab"),
    ({"src/base/a.cpp": "int a; \n"}, "blanks at the end"),
    ({"src/base/a.cpp": "int a;"}, "exactly one newline"),
    ({"src/base/a.cpp": "int a;\n\n"}, "exactly one newline"),
    ({"docs/a.md": "see /" + "home/somebody/notes\n"}, "path of one machine"),
    ({"docs/a.md": "see https://example.org/home/page\n"}, None),
    ({"src/base/a.cpp": LONG_FUNCTION}, "a function of 72 lines"),
    ({"src/base/a.cpp": FITTING_FUNCTION}, None),
    ({"src/base/a.cpp": LONG_FUNCTION.replace("int f(int x)", "A::A(int x) : a_(1), b_{x}")},
     "a function of 72 lines"),
    ({"src/base/a.cpp": LONG_FUNCTION.replace("int f(int x)", "bool A::operator==(A x) const")},
     "a function of 72 lines"),
    ({"src/base/a.cpp": LONG_FUNCTION.replace("int f(int x) {", "struct A { int f(int x) {")
      .replace("}\n}\n", "}\n};\n}\n")}, "a function of 72 lines"),
    ({"src/base/a.cpp": "const int k[] = {\n" + "  1,\n" * 80 + "};\n"}, None),
    ({"src/base/a.cpp": "struct A {\n" + "  int f() { return 1; }\n" * 80 + "};\n"}, None),
    ({"tests/a.py": "def f():\n" + "    f()\n" * 70}, "a function of 71 lines"),
    ({"src/base/a.h": "#pragma once\n"}, "does not begin by saying"),
    ({"src/base/a.h": "// A.\nint a;\n"}, "lacks #pragma once"),
    ({"src/base/a.h": "// A.\n#pragma once\n"}, None),
    ({"src/billing/a.cpp": "double a;\n"}, "floating point in money: double"),
    ({"src/billing/a.cpp": "// no double here\nconst char* k = \"float\";\n"}, None),
    ({"src/call/a.cpp": "double a;\n"}, None),
    ({"src/base/money.cpp": "float a;\n"}, "floating point in money: float"),
    ({"src/call/a.cpp": "auto t = std::chrono::steady_clock::now();\n"}, "reads a clock"),
    ({"src/store/a.cpp": "auto t = time(nullptr);\n"}, "reads a clock"),
    ({"src/store/a.cpp": "auto t = put_time(0);\n"}, None),
    ({"src/sip/a.cpp": "clock_gettime(CLOCK_MONOTONIC, &t);\n"}, "reads a clock"),
    ({"src/server/clock.cpp": "clock_gettime(CLOCK_MONOTONIC, &t);\n"}, None),
    ({"src/store/a.cpp": "std::this_thread::sleep_for(1s);\n"}, "sleeps"),
    ({"tests/simulation/a.cpp": "usleep(1);\n"}, "sleeps"),
    ({"src/store/a.cpp": 'db.exec("DELETE FROM note WHERE key = \'" + key + "\'");\n'},
     "a value in SQL, not bound: key"),
    ({"src/store/a.cpp": 'S s(db, "SELECT 1 FROM cdr WHERE id = " + table);\n'},
     "a value in SQL, not bound: table"),
    ({"src/store/a.cpp": 'S s(db, "SELECT 1" + where.text() +\n " AND a = ?" + query.why);\n'},
     "a value in SQL, not bound: query.why"),
    ({"src/store/a.cpp": 'sql += query.caller;\n'}, "a value in SQL, not bound: query.caller"),
    ({"src/store/a.cpp": 'S s(db, "SELECT " + std::string(kColumns) + " FROM " + of + "_link");\n'},
     None),
    ({"src/store/a.cpp": 'S s(db, "SELECT 1 WHERE a " + (up ? "<" : ">") + " ?");\n'}, None),
    ({"src/store/a.cpp": 'return "no row " + key + ", or too many";\n'}, None),
    ({"src/store/a.cpp": 'sql = R"(\nCREATE TABLE a)" + key;\n'}, "not bound: key"),
    ({"src/store/a.cpp": '#include "store/where.h"\nwhere.add(query.text);\n'},
     "a condition that is no literal"),
    ({"src/store/a.cpp": '#include "store/where.h"\nwhere.add("a = ?", query.text);\n'}, None),
    ({"src/call/a.cpp": "#include <thread>\n"}, "<thread> in the pure core"),
    ({"include/hotline/call/a.h": "// A.\n#pragma once\n#include <boost/asio.hpp>\n"},
     "<boost/asio.hpp> in the pure core"),
    ({"src/routing/a.cpp": "#include <boost/container/flat_map.hpp>\n"},
     "<boost/container/flat_map.hpp> in the pure core"),
    ({"src/call/a.cpp": "#include <vector>\n#include \"hotline/ports/store.h\"\n"}, None),
    ({"src/billing/a.cpp": "#include \"hotline/call/call.h\"\n"}, "billing does not build on it"),
    ({"src/call/a.cpp": "#include \"store/writer.h\"\n"}, "call does not build on it"),
    ({"src/call/a.cpp": "#include \"routing/inner.h\"\n"}, "call does not build on it"),
    ({"src/sip/a.cpp": "#include <thread>\n#include \"sip/b.h\"\n"}, None),
    ({"src/sip/a.cpp": "#include \"store/writer.h\"\n"}, '"store/writer.h" in sip'),
    ({"src/store/a.cpp": "#include \"server/clock.h\"\n"}, '"server/clock.h" in store'),
    ({"src/server/a.cpp": "#include \"store/writer.h\"\n"}, None),
    ({"src/server/a.cpp": "#include \"ctl/table.h\"\n"}, '"ctl/table.h" in server'),
    ({"src/README.md": README + "| sip |\n"}, "lists src/sip, which does not exist"),
    ({"src/README.md": README, "src/sip/a.cpp": "int a;\n"}, "does not list src/sip"),
    ({"docs/a.md": "[b](b.md)\n"}, "links to b.md"),
    ({"docs/a.md": "[b](b.md) [c](https://example.org)\n", "docs/b.md": "B\n"}, None),
    ({"docs/adr/0002-b.md": "**Context.**\n**Decision.**\n**Consequences.**\n"},
     "expected decision 0001"),
    ({"docs/adr/0001-b.md": "**Context.**\n**Decision.**\n"}, "has no Consequences"),
    ({"scripts/a": "#!/usr/bin/env bash\n# A.\nset -euo pipefail\n"}, "cannot be executed"),
    ({"scripts/a": "#!/usr/bin/env bash\n# A.\necho\n"}, "lacks set -euo pipefail"),
    ({"scripts/a": "#!/usr/bin/env bash\nset -euo pipefail\n"}, "does not begin by saying"),
    ({"tests/scenario/busy/scenario.py": "\n"}, "has no expected.json"),
]


class Tidy(unittest.TestCase):
    """One verdict a row."""

    def test_rows(self):
        for files, expected in ROWS:
            with self.subTest(files=list(files), expected=expected):
                found = self.findings_in(files)
                if expected is None:
                    self.assertEqual(found, [])
                else:
                    self.assertTrue(any(expected in what for what in found), found)

    def findings_in(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            modules = {f.split("/")[1] for f in files if f.startswith("src/") and f.count("/") > 1}
            table = README + "".join(f"| {name} |\n" for name in sorted(modules))
            for path, text in {"src/README.md": table, **files}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            return [what for _, _, what in tidy.findings(root)]


if __name__ == "__main__":
    unittest.main()
