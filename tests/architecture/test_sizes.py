"""The budgets of size that keep a file readable in one sitting."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import loyalty_cli

ROOT = Path(loyalty_cli.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))


def functions() -> list[tuple[str, int]]:
    found = []
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append((f"{file.relative_to(ROOT)}:{node.name}", length))
    return found


def test_no_file_is_longer_than_300_lines_and_the_median_is_at_most_100() -> None:
    lengths = {file.relative_to(ROOT): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {file: length for file, length in lengths.items() if length > 300} == {}
    assert statistics.median(lengths.values()) <= 100


def test_no_function_is_longer_than_50_lines_the_median_at_most_8_and_nine_of_ten_at_most_25() -> None:
    lengths = functions()
    assert [name for name, length in lengths if length > 50] == []
    ordered = sorted(length for _, length in lengths)
    assert statistics.median(ordered) <= 8
    assert ordered[int(len(ordered) * 0.9)] <= 25


def test_every_file_opens_with_a_docstring() -> None:
    without = [file.relative_to(ROOT) for file in FILES if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert without == []


def test_every_public_function_and_class_says_what_it_means() -> None:
    silent = []
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        inner = {
            id(node) for outer in ast.walk(tree) if isinstance(outer, ast.FunctionDef) for node in ast.walk(outer) if node is not outer
        }
        for node in ast.walk(tree):
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and id(node) not in inner and not ast.get_docstring(node):  # type: ignore[arg-type]
                silent.append(f"{file.relative_to(ROOT)}:{node.name}")  # type: ignore[attr-defined]
    assert silent == []
