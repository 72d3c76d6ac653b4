"""A kind of rule is a file, a line in the list, and a folder of worked examples; this keeps the promise."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import yaml

import loyalty_cli.rules
from loyalty_cli.program.load import program_of
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.all_rules import module_of

RULES = Path(loyalty_cli.rules.__file__).parent
CASES = Path(__file__).parents[1] / "rules"
# Files that kinds of a family share, and that are no kind themselves.
SHARED = {"contribution", "ladder", "steps", "given", "own_coupon", "block", "excluded", "number", "prizes", "offer", "units", "apart"}
KINDS = [(family, word) for family, words in ALL_RULES.items() for word in words]

HEAD = "program: Sample\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
POINTS = "points:\n  earn:\n    basic: {points: 1, for_every: 1.00}\n"


def test_every_file_of_a_family_is_listed() -> None:
    listed = {(family, file) for family, words in ALL_RULES.items() for file in words.values()}
    there = {
        (family, file.stem) for family in ALL_RULES for file in (RULES / family).glob("*.py") if file.stem not in {"__init__", *SHARED}
    }
    assert there == listed


@pytest.mark.parametrize(("family", "word"), KINDS)
def test_the_sample_in_a_kinds_documentation_is_a_program_without_mistakes(family: str, word: str) -> None:
    documentation = module_of(family, word).__doc__ or ""
    sample = textwrap.dedent("\n".join(line for line in documentation.splitlines() if line.startswith("    ")))
    assert sample, "the module docstring has no indented sample"
    needs_points = "points:" not in sample.split("rewards:")[0] and "give: {points" in sample
    program = program_of(HEAD + (POINTS if needs_points else "") + sample, "sample.yaml")
    used = [program.ladder, *program.earn.values(), *program.offers.values(), *program.draws.values()]
    used += [part for reward in program.rewards.values() for part in (reward.when, *reward.gives)]
    used += [condition for segment in program.segments.values() for condition in segment.all_conditions]
    assert any(isinstance(rule, kind_of(family, word)) for rule in used)


@pytest.mark.parametrize(("family", "word"), KINDS)
def test_every_kind_has_an_ordinary_case_an_edge_and_refused_settings(family: str, word: str) -> None:
    folder = CASES / family / ALL_RULES[family][word]
    examples = yaml.safe_load((folder / "examples.yaml").read_text(encoding="utf-8"))
    assert len(examples) >= 3
    assert (folder / "program.yaml").exists()
    assert (folder / "refused.yaml").exists()
    assert (folder / "refused.txt").exists()


@pytest.mark.parametrize(("family", "word"), KINDS)
def test_every_setting_of_a_kind_says_what_it_is(family: str, word: str) -> None:
    kind = kind_of(family, word)
    silent = [name for name, field in kind.model_fields.items() if not field.description and name != getattr(kind, "short", "")]
    assert silent == []
