#!/usr/bin/env python3
"""Shows each rule of tidy.py at work on a small bad tree, and none on a good one."""

import pathlib
import tempfile
import unittest

import cpp_functions
import tidy

ONCE = "#pragma once\n"
LONG_FUNCTION = "void f() {\n" + "  g();\n" * 79 + "}\n"

# path, content, the rule that fires; "" = none may
CASES = [
    ("hub/match/a.cpp", '#include "hub/store/store.hpp"\n', "include"),
    ("hub/match/a.cpp", '#include "hub/normalize/phone.hpp"\n', ""),
    ("hub/base/a.cpp", '#include "hub/model/value.hpp"\n', "include"),
    ("hub/model/a.cpp", '#include "hub/config/setting.hpp"\n', "include"),
    ("hub/merge/a.cpp", '#include "hub/store/database.hpp"\n', "include"),
    ("hub/insight/a.cpp", '#include "hub/match/score.hpp"\n', "include"),
    ("hub/store/a.cpp", '#include "hub/ingest/land.hpp"\n', "include"),
    ("hub/plugin_host/a.cpp", '#include "hub/store/store.hpp"\n', "include"),
    ("hub/ingest/a.cpp", '#include "hub/match/score.hpp"\n', "include"),
    ("hub/ingest/a.cpp", '#include "hub/plugin_host/batch.hpp"\n', ""),
    ("hub/run/a.cpp", '#include "hub/app/main.hpp"\n', "include"),
    ("hub/run/a.cpp", '#include "hub/insight/rfm.hpp"\n', ""),
    ("hub/web/a.cpp", '#include "hub/app/main.hpp"\n', "include"),
    ("hub/app/a.cpp", '#include "hub/web/server.hpp"\n', ""),
    ("hub/run/a.cpp", '#include "report.hpp"\n', "include"),
    ("hub/run/a.cpp", '#include <plugins/csv/parser.hpp>\n', "include"),
    ("hub/run/a.cpp", "#include <soci/soci.h>\n", "vendor"),
    ("hub/store/a.cpp", "#include <soci/soci.h>\n", ""),
    ("hub/run/a.cpp", "#include <boost/dll.hpp>\n", "vendor"),
    ("hub/ingest/a.cpp", "#include <cdh/plugin.h>\n", "vendor"),
    ("hub/plugin_host/a.cpp", "#include <cdh/plugin.h>\n#include <boost/dll.hpp>\n", ""),
    ("hub/app/a.cpp", "#include <Poco/Net/HTTPServer.h>\n", "vendor"),
    ("hub/web/a.cpp", "#include <Poco/Net/HTTPServer.h>\n", ""),
    ("hub/app/a.cpp", "#include <Poco/Net/HTTPClientSession.h>\n", ""),
    ("hub/merge/a.cpp", "#include <spdlog/spdlog.h>\n", "vendor"),
    ("hub/run/a.cpp", "#include <spdlog/spdlog.h>\n", ""),
    ("hub/cmake/FindSoci.cmake", "find_library(SOCI soci_core)\n", ""),
    ("hub/misc/a.cpp", "int a;\n", "layer"),
    ("hub/a.cpp", "int a;\n", "layer"),
    ("plugins/csv/a.cpp", '#include "hub/base/text.hpp"\n', "include"),
    ("plugins/csv/a.cpp", '#include "../xlsx/zip.hpp"\n', "include"),
    ("plugins/csv/a.cpp", '#include "zip.hpp"\n', "include"),
    ("plugins/csv/a.cpp", '#include "a.cpp"\n#include <cdh/plugin.hpp>\n#include <zlib.h>\n', ""),
    ("plugin-sdk/include/cdh/plugin.hpp", '#include "hub/base/text.hpp"\n', "include"),
    ("plugin-sdk/include/cdh/plugin.hpp", "#include <fmt/core.h>\n", "include"),
    ("plugin-sdk/include/cdh/plugin.h", "#include <vector>\n", "include"),
    ("plugin-sdk/include/cdh/plugin.hpp", "#include <cdh/plugin.h>\n#include <vector>\n", ""),
    ("hub/base/a.cpp", "int a;\n" * 451, "file-size"),
    ("hub/base/a.cpp", "int a;\n" * 450, ""),
    ("tests/base/a_test.cpp", "int a;\n" * 600, ""),
    ("tests/base/a_test.cpp", "int a;\n" * 601, "file-size"),
    ("plugin-sdk/include/cdh/plugin.hpp", "#include <cdh/schema.hpp>\n", ""),
    ("plugin-sdk/include/cdh/plugin.hpp", "int a;\n" * 451, "file-size"),
    ("tests/base/a_test.cpp", "// " + "x" * 108 + "\n", "columns"),
    ("hub/base/a.cpp", "// " + "\u00e9" * 107 + "\n", ""),
    ("docs/guide.md", "x" * 300 + "\n", ""),
    ("tests/base/a_test.cpp", 'f(R"(\n' + "x" * 200 + '\n)");\n', ""),
    ("tests/base/a_test.cpp", 'f(R"(' + "x" * 200 + ')");\n', "columns"),
    ("hub/base/a.cpp", LONG_FUNCTION, "function-size"),
    ("hub/base/a.cpp", "namespace a {\n" + LONG_FUNCTION + "}\n", "function-size"),
    ("hub/base/a.cpp", "namespace a {\n" + "void f() { g(); }\n" * 99 + "}\n", ""),
    ("hub/base/a.cpp", "constexpr int kTable[] = {\n" + "  {1, 2},\n" * 99 + "};\n", ""),
    ("hub/base/utils.cpp", "int a;\n", "name"),
    ("hub/base/string_helpers.cpp", "int a;\n", "name"),
    ("hub/base/common/a.cpp", "int a;\n", "name"),
    ("hub/base/connection_manager.cpp", "int a;\n", "name"),
    ("hub/base/commons.cpp", "int a;\n", ""),
    ("hub/base/a.cpp", "class ProfileManager {};\n", "name"),
    ("hub/base/a.cpp", "namespace utils {}\n", "name"),
    ("hub/base/a.cpp", "// TO" "DO: later\n", "mark"),
    ("docs/guide.md", "FIX" "ME\n", "mark"),
    ("hub/base/a.hpp", ONCE + "class A {\n  friend class ATest;\n};\n", "friend"),
    ("hub/base/a.hpp", ONCE + "class A {\n  FRIEND_" "TEST(A, B);\n};\n", "friend"),
    ("hub/base/a.hpp", ONCE + "class A {\n  friend class B;\n};\n", ""),
    ("hub/base/a.hpp", "int a();\n", "once"),
    ("src/a.cpp", "int a;\n", "top-level"),
    ("notes.txt", "a\n", "top-level"),
    (".ci/run", "tests/run.sh\n", ""),
    ("build/dev/utils.cpp", "// TO" "DO\n", ""),
    ("tests/fuzz/corpus/csv/utils.txt", "TO" "DO\n", ""),
]


class Rules(unittest.TestCase):
    def findings(self, path, content):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
            return [finding.rule for finding in tidy.check(folder)]

    def test_each_rule_fires_where_it_should_and_alone(self):
        for path, content, rule in CASES:
            with self.subTest(path=path, content=content[:60]):
                self.assertEqual(set(self.findings(path, content)), {rule} if rule else set())

    def test_every_rule_is_shown(self):
        shown = {rule for _, _, rule in CASES if rule}
        self.assertEqual(shown, {"include", "vendor", "layer", "file-size", "columns",
                                 "function-size", "name", "mark", "friend", "once", "top-level"})

    def test_findings_name_the_line(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "hub" / "base" / "a.cpp"
            file.parent.mkdir(parents=True)
            file.write_text('\n\n#include "hub/run/run.hpp"\n', encoding="utf-8")
            finding, = tidy.check(folder)
            self.assertEqual((str(finding.path), finding.line), ("hub/base/a.cpp", 3))


class Functions(unittest.TestCase):
    def check(self, text, expected):
        self.assertEqual(list(cpp_functions.functions(text)), expected)

    def test_finds_functions_only(self):
        self.check("int f() {\n  return 1;\n}\n", [(1, 3)])
        self.check("class A : B<int> {\n  int f() const {\n  }\n};\n", [(2, 3)])
        self.check('extern "C" {\nint f(void) { return 0; }\n}\n', [(2, 2)])
        self.check("constexpr int a[] = {\n  1,\n};\nint f() {\n}\n", [(4, 5)])
        self.check("struct P {\n  int a = 1;\n} p;\n", [])

    def test_is_not_confused_by_literals_and_comments(self):
        self.check('int f() {\n  g("}{", \'}\', 1\'000);  // }\n  /* } */\n}\n', [(1, 4)])
        self.check('int f() {\n  g(R"(}\n})");\n}\n', [(1, 4)])
        self.check("#define F(x) { \\\n  x\nint f() {\n}\n", [(3, 4)])

    def test_counts_a_constructor_with_its_initializers(self):
        self.check("A::A(int b) : b_{b}, c_(b) {\n  g();\n}\n", [(1, 1), (1, 3)])


if __name__ == "__main__":
    unittest.main()
