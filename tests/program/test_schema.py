"""The schema that editors check program files with: what the shop can say is right there, what it can not is marked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from loyalty_cli.program.schema import schema
from loyalty_cli.rules.all_rules import ALL_RULES

HOUSE = Path(__file__).parents[2]
PROGRAMS = sorted([*HOUSE.glob("programs/*/program.yaml"), *HOUSE.glob("tests/rules/**/program.yaml")])
TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None),
}  # fmt: skip


class AsInAnEditor(yaml.SafeLoader):
    """Editors read YAML 1.2: `yes` and a date are texts, `true` and `2` are not."""


AsInAnEditor.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in several if not tag.endswith((":bool", ":timestamp"))]
    for first, several in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsInAnEditor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))


def fits(value: Any, said: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value is right by a schema, as far as ours says anything."""
    if "$ref" in said and not fits(value, referred(said["$ref"], whole), whole):
        return False
    if "anyOf" in said and not any(fits(value, each, whole) for each in said["anyOf"]):
        return False
    types = said.get("type", [])
    if types and not any(is_a(value, each) for each in ([types] if isinstance(types, str) else types)):
        return False
    return value in said.get("enum", [value]) and value == said.get("const", value) and inside_fits(value, said, whole)


def referred(path: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The part of the schema that another part names."""
    target: Any = whole
    for step in path.removeprefix("#/").split("/"):
        target = target[step]
    assert isinstance(target, dict)
    return target


def inside_fits(value: Any, said: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether what is in a text, a list or a block is right."""
    match value:
        case str():
            return re.search(said.get("pattern", ""), value) is not None
        case list():
            return all(fits(each, said.get("items", {}), whole) for each in value)
        case dict():
            return block_fits(value, said, whole)
    return True


def is_a(value: object, kind: str) -> bool:
    """Whether a value is of a type; yes and no are no numbers."""
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def block_fits(block: dict[str, Any], said: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a block has what it must and nothing that it can not."""
    known, other = said.get("properties", {}), said.get("additionalProperties", {})
    if not set(said.get("required", ())) <= set(block):
        return False
    inner = {name: known.get(name, other) for name in block}
    return all(each is not False and fits(block[name], {} if each is True else each, whole) for name, each in inner.items())


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: f"{file.parent.parent.name}-{file.parent.name}")
def test_an_editor_marks_nothing_in_a_program_that_is_right(file: Path) -> None:
    whole = schema()
    program = yaml.load(file.read_text(encoding="utf-8"), AsInAnEditor)  # noqa: S506 -- a safe loader with fewer guesses
    for name, block in program.items():
        assert fits(block, whole["properties"][name], whole), name
    assert fits(program, whole, whole)


@pytest.mark.parametrize(
    "when",
    [
        {"one_purchas": 100},
        {"visits": 3, "counted_ovr": "calendar month"},
        {"visits": 3, "spend": 100},
        {"all_of": {"much": {"one_purchas": 50}}},
        {"streak": "4 weeks", "only": {"store": ["Market"]}},
    ],
)
def test_it_marks_what_is_not_known(when: dict[str, Any]) -> None:
    whole = schema()
    assert not fits(when, whole["$defs"]["When"], whole)


@pytest.mark.parametrize("word", ALL_RULES["when"])
def test_every_when_is_known_with_its_filter(word: str) -> None:
    whole = schema()
    assert fits({word: "3", "only": {"weekdays": ["monday"]}}, whole["$defs"]["When"], whole)
