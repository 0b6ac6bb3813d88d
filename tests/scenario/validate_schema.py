#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Says of each scenario file whether it is valid under a JSON Schema, as an editor would see it.

YAML is read by libyaml (ruamel.yaml) and typed as yaml-language-server types it, by the core schema
of YAML 1.2; validated by python-jsonschema. Neither shares code with truce.

Usage: validate_schema.py SCHEMA FILE...    prints one line a file: valid, or invalid and why
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

# YAML 1.2.2, 10.3.2: the tags of plain scalars.
CORE = (
    (re.compile(r"null|Null|NULL|~|"), lambda text: None),
    (re.compile(r"true|True|TRUE"), lambda text: True),
    (re.compile(r"false|False|FALSE"), lambda text: False),
    (re.compile(r"[-+]?[0-9]+"), lambda text: int(text)),
    (re.compile(r"0o[0-7]+"), lambda text: int(text[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text[2:], 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), lambda text: float(text)),
    (re.compile(r"[-+]?\.(inf|Inf|INF)"), lambda text: float(text.replace(".", ""))),
    (re.compile(r"\.nan|\.NaN|\.NAN"), lambda text: float("nan")),
)


class Refused(Exception):
    """The text is no YAML that an editor accepts."""


def typed(node: Node) -> Any:
    """The node as JSON."""
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                raise Refused(f"duplicate key {key.value}")
            found[key.value] = typed(value)
        return found
    if isinstance(node, SequenceNode):
        return [typed(item) for item in node.value]
    if not node.style:
        for pattern, convert in CORE:
            if pattern.fullmatch(node.value):
                return convert(node.value)
    return node.value


def verdict(validator: Draft7Validator, path: Path) -> str:
    try:
        root = YAML(typ="safe").compose(path)
        for error in validator.iter_errors(typed(root) if root else None):
            where = ".".join(map(str, error.absolute_path))
            return f"invalid {where}: {error.message[:200]}".replace("\n", " ")
    except (YAMLError, Refused) as error:
        return "invalid " + str(error).replace("\n", " ")
    return "valid"


def main() -> int:
    schema = json.loads(Path(sys.argv[1]).read_text())
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    for name in sys.argv[2:]:
        print(verdict(validator, Path(name)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
