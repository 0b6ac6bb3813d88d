#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds one bad include after another into a small tree and sees that it is reported."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_arrows.py"

CMAKE = """
# truce_room(NAME [USES room...]) in a comment is no room
function(truce_room name)
endfunction()
truce_room(core)
truce_room(random USES core LINKS Boost::headers truce_random123)
truce_room(stats USES core LINKS Boost::headers)
truce_room(scenario USES core random LINKS yaml-cpp)
truce_room(model USES core random stats
           scenario LINKS Eigen3::Eigen)
truce_room(experiment USES core model LINKS Threads::Threads)
truce_room(report USES core experiment LINKS nlohmann_json::nlohmann_json truce_libmd)
truce_room(cli USES core report experiment LINKS Boost::program_options)
"""

GOOD = {
    "sim/core/text.hpp": "#include <string>\n#include <cstdint>\n",
    "sim/core/text.cpp": '#include "sim/core/text.hpp"\n// #include "sim/model/world.hpp"\n'
                         '/* fopen(\n#include <thread>\n*/ const char* s = "fopen(x)";\n'
                         'const char* t = R"(\n#include "sim/model/world.hpp"\n)"; char c = \'"\';\n'
                         'FILE* (*f)() = nullptr;  // "\n',
    "sim/random/stream.hpp": "#include <Random123/philox.h>\n#include <boost/random/x.hpp>\n",
    "sim/stats/interval.cpp": "#include <boost/math/distributions/normal.hpp>\n",
    "sim/scenario/load.cpp": '#include <yaml-cpp/yaml.h>\n#include <fstream>\nint f = fopen("x");\n'
                             '#include "sim/random/stream.hpp"\n',
    "sim/model/theatre.cpp": "#include <boost/graph/dijkstra_shortest_paths.hpp>\n#include <Eigen/Dense>\n",
    "sim/experiment/run.cpp": "#include <thread>\n#include <atomic>\n#include <csignal>\n",
    "sim/report/manifest.cpp": "#include <sha256.h>\n#include <nlohmann/json.hpp>\n#include <fstream>\n",
    "sim/cli/run.cpp": "#include <boost/program_options.hpp>\n#include <mutex>\n#include <iostream>\n",
}

# file, its text, what must be said (with its line)
BAD = [
    ("sim/core/id.cpp", '#include "sim/scenario/hubs.hpp"\n',
     "sim/core/id.cpp:1: core may not include scenario"),
    ("sim/stats/a.hpp", '\n\n  #  include "sim/random/stream.hpp"\n',
     "sim/stats/a.hpp:3: stats may not include random"),
    ("sim/experiment/a.cpp", '#include "sim/stats/a.hpp"\n',  # reached through model, not listed
     "sim/experiment/a.cpp:1: experiment may not include stats"),
    ("sim/model/a.cpp", "#include <yaml-cpp/yaml.h>\n", "sim/model/a.cpp:1: yaml-cpp "),
    ("sim/scenario/load.hpp", "#include <yaml-cpp/yaml.h>\n", "sim/scenario/load.hpp:1: yaml-cpp "),
    ("sim/scenario/load.hpp", "#include <fstream>\n", "sim/scenario/load.hpp:1: the disk "),
    ("sim/report/a.cpp", "#include <boost/program_options.hpp>\n",
     "sim/report/a.cpp:1: Boost.Program_options "),
    ("sim/model/a.cpp", "/* x */\n#include <thread>\n", "sim/model/a.cpp:2: threads "),
    ("sim/core/a.hpp", "#include <mutex>\n", "sim/core/a.hpp:1: threads "),
    ("sim/report/a.hpp", "#include <atomic>\n", "sim/report/a.hpp:1: threads "),
    ("sim/experiment/a.cpp", "#include <filesystem>\n", "sim/experiment/a.cpp:1: the disk "),
    ("sim/model/a.cpp", '\nauto* f = std::fopen("x", "r");\n', "sim/model/a.cpp:2: fopen(): "),
    ("sim/model/a.cpp", "#include <unistd.h>\n", "sim/model/a.cpp:1: the operating system "),
    ("sim/stats/a.cpp", "#include <Random123/philox.h>\n", "sim/stats/a.cpp:1: Random123 "),
    ("sim/model/a.cpp", "#include <boost/random/normal.hpp>\n", "sim/model/a.cpp:1: Boost.Random "),
    ("sim/scenario/a.cpp", "#include <boost/math/x.hpp>\n", "sim/scenario/a.cpp:1: Boost.Math "),
    ("sim/random/a.cpp", "#include <boost/graph/x.hpp>\n", "sim/random/a.cpp:1: Boost.Graph "),
    ("sim/report/a.cpp", "#include <Eigen/Dense>\n", "sim/report/a.cpp:1: Eigen "),
    ("sim/stats/a.cpp", "#include <Eigen/Dense>\n",
     "sim/stats/a.cpp:1: <Eigen/Dense> needs Eigen3::Eigen among the LINKS"),
    ("sim/cli/a.cpp", "#include <nlohmann/json.hpp>\n", "sim/cli/a.cpp:1: nlohmann-json "),
    ("sim/cli/a.cpp", "#include <sha256.h>\n", "sim/cli/a.cpp:1: libmd "),
    ("sim/cli/a.cpp", "#include <curl/curl.h>\n", "sim/cli/a.cpp:1: <curl/curl.h> belongs to no fence"),
    ("sim/cli/a.hpp", "#include <iostream>\n", "sim/cli/a.hpp:1: <iostream> in a header"),
    ("sim/core/a.cpp", '#include "text.hpp"\n', 'sim/core/a.cpp:1: "text.hpp" is not a path from'),
    ("sim/core/a.cpp", '#include "tests/support/x.hpp"\n', 'sim/core/a.cpp:1: "tests/support/x.hpp"'),
    ("sim/core/a.cpp", "#include <sim/core/text.hpp>\n", 'sim/core/a.cpp:1: write "sim/core/text.hpp"'),
    ("sim/attic/a.cpp", "int x;\n", "sim/attic/a.cpp:1: sim/CMakeLists.txt has no truce_room(attic"),
]


def lay(root: Path, files: dict[str, str], cmake: str = CMAKE) -> None:
    for path, text in {"sim/CMakeLists.txt": cmake, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def check(root: Path) -> tuple[int, str]:
    run = subprocess.run([sys.executable, str(SCRIPT), str(root)], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


class Arrows(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def test_a_good_tree_is_silent(self) -> None:
        lay(self.root, GOOD)
        self.assertEqual(check(self.root), (0, ""))

    def test_each_breach_is_reported_alone(self) -> None:
        for path, text, said in BAD:
            with self.subTest(path=path, text=text), tempfile.TemporaryDirectory() as folder:
                lay(Path(folder), {**GOOD, path: text})
                code, output = check(Path(folder))
                self.assertEqual(code, 1, output)
                self.assertTrue(output.startswith(said), output)
                self.assertEqual(output.count("\n"), 1, output)

    def test_two_rooms_that_include_each_other(self) -> None:
        lay(self.root, {"sim/core/a.hpp": '#include "sim/random/a.hpp"\n',
                        "sim/random/a.hpp": '#include "sim/core/a.hpp"\n'},
            CMAKE.replace("truce_room(core)", "truce_room(core USES random)"))
        code, output = check(self.root)
        self.assertEqual(code, 1)
        self.assertIn("USES go round in a ring: core -> random -> core", output)
        self.assertIn("includes go round in a ring: core -> random -> core", output)

    def test_an_arrow_to_nowhere(self) -> None:
        lay(self.root, {}, CMAKE.replace("stats USES core", "stats USES cores"))
        self.assertIn("stats USES cores, which is no room", check(self.root)[1])

    def test_a_tree_without_rooms_does_not_pass(self) -> None:
        lay(self.root, {}, "# nothing\n")
        self.assertEqual(check(self.root)[0], 1)


if __name__ == "__main__":
    unittest.main()
