"""Below the command line there is no clock, no chance and no environment."""

from __future__ import annotations

import ast
from pathlib import Path

import loyalty_cli

ROOT = Path(loyalty_cli.__file__).parent
FORBIDDEN = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
    "os.environ", "os.getenv", "os.urandom", "uuid.uuid4", "uuid.uuid1",
}  # fmt: skip
MODULES = {"random", "secrets", "uuid"}


def test_only_the_command_line_reads_the_clock_chance_or_the_environment() -> None:
    found = []
    for file in ROOT.rglob("*.py"):
        if file.relative_to(ROOT).parts[0] == "cli":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = dotted(node) if isinstance(node, ast.Attribute) else ""
            imported = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            if name in FORBIDDEN or imported & MODULES:
                found.append(f"{file.relative_to(ROOT)}:{node.lineno} {name or imported}")  # type: ignore[attr-defined]
    assert found == []


def dotted(node: ast.Attribute) -> str:
    return f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else ""
