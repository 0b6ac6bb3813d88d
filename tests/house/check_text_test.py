#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds one breach of the house's rules after another into a small tree and sees it reported."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_text.py"
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"

GOOD = {
    "sim/core/id.hpp": SPDX + "struct Data2 {};\n// a DataInfo in a comment\n",
    "scripts/run": "#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n",
    "README.md": "# truce\n",
    "tests/fuzz/tabs.yaml": "a:\tb \n",  # inputs may be as bad as they like
    "LICENSE": "  text \n",
}

BAD = [
    ("sim/core/a.hpp", "#pragma once\n", "sim/core/a.hpp:1: does not begin with"),
    ("sim/core/a.hpp", "", "sim/core/a.hpp:1: does not begin with"),
    ("scripts/test", "#!/usr/bin/env bash\nset -e\n", "scripts/test:2: does not begin with"),
    ("tests/a.py", "import sys\n", "tests/a.py:1: does not begin with"),
    ("sim/core/a.cpp", SPDX + "int a; \n", "sim/core/a.cpp:2: blank at the end"),
    ("sim/core/a.cpp", SPDX + "int a;\r\n", "sim/core/a.cpp:2: blank at the end"),
    ("sim/core/a.cpp", SPDX + "\tint a;\n", "sim/core/a.cpp:2: tab"),
    ("sim/core/a.cpp", SPDX + "int a;", "sim/core/a.cpp:2: no newline"),
    ("scenarios/a.yaml", "truce: 1 \n", "scenarios/a.yaml:1: blank at the end"),
    ("NOTES.md", "a  \n", "NOTES.md:1: blank at the end"),
    ("sim/core/a.hpp", SPDX + "class HubManager {\n};\n", "sim/core/a.hpp:2: HubManager: a name"),
    ("tests/a.cpp", SPDX + "struct CellInfo;\n", "tests/a.cpp:2: CellInfo: a name"),
    ("sim/model/a.cpp", SPDX + "std::shared_ptr<int> a;\n", "sim/model/a.cpp:2: shared_ptr: "),
    ("sim/core/a.hpp", SPDX + "using namespace std;\n", "sim/core/a.hpp:2: using namespace std: "),
    ("sim/model/a.cpp", SPDX + "std::random_device chance;\n",
     "sim/model/a.cpp:2: std::random_device: chance comes from"),
    ("CMakeLists.txt", "add_compile_options(-march=native)\n", "CMakeLists.txt:1: -march=native: "),
    ("sim/core/a.cpp", SPDX + "int a;\n" * 400, "sim/core/a.cpp:401: 401 lines, above 400"),
    ("scripts/long_files.txt", "sim/core/id.hpp: many ids\n",
     "scripts/long_files.txt:1: sim/core/id.hpp is not a long file"),
]


def check(files: dict[str, str]) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        subprocess.run(["git", "init", "--quiet", folder], check=True)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
        run = subprocess.run([sys.executable, str(SCRIPT), folder], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr


class Text(unittest.TestCase):
    def test_a_good_tree_is_silent(self) -> None:
        self.assertEqual(check(GOOD), (0, ""))

    def test_each_breach_is_reported_alone(self) -> None:
        for path, text, said in BAD:
            with self.subTest(path=path, text=text[:60]):
                code, output = check({**GOOD, path: text})
                self.assertEqual(code, 1, output)
                self.assertTrue(output.startswith(said), output)
                self.assertEqual(output.count("\n"), 1, output)

    def test_a_long_file_needs_a_reason(self) -> None:
        long_file = {"sim/core/a.cpp": SPDX + "int a;\n" * 400}
        reasons = "# why\n\nsim/core/a.cpp: one table\n"
        self.assertEqual(check({**long_file, "scripts/long_files.txt": reasons}), (0, ""))
        self.assertEqual(check({**long_file, "scripts/long_files.txt": "sim/core/a.cpp:\n"})[0], 1)


if __name__ == "__main__":
    unittest.main()
