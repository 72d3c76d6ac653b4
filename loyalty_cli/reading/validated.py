"""What a file's block gives: settings, or every mistake in it at its line and column."""

from __future__ import annotations

import re
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic import ValidationError

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading import values
from loyalty_cli.reading.meant import currency_meant
from loyalty_cli.reading.meant import SIGNS
from loyalty_cli.reading.models import adapter_of
from loyalty_cli.reading.models import model_of
from loyalty_cli.reading.owners_words import looks_like
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.problems import nearest
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import more_than_one
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import Node
from loyalty_cli.reading.yaml.nodes import plain
from loyalty_cli.reading.yaml.nodes import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as AnyMapping

    from loyalty_cli.reading.problems import Problems

Model = TypeVar("Model", bound=Settings)


def validated(
    model: type[Model], node: Node, problems: Problems, context: AnyMapping[str, Any] | None = None, *, where: str = ""
) -> Model | None:
    """The settings a node gives, or None with every mistake added to `problems`.

    `context` reaches the validators (the currency); `where` names the block in messages.
    """
    if not isinstance(node, Mapping):
        problems.add(
            node.line,
            node.column,
            phrase("{where} is a block of keys and values.", where=where or "This"),
            phrase("Known here: {names}.", names=", ".join(known_keys(model))),
        )
        return None
    try:
        return model.model_validate(plain(node), context=dict(context or {}))
    except ValidationError as error:
        details = error.errors(include_url=False)
        meant = {meant_by(model, tuple(detail["loc"])) for detail in details if detail["type"] == "extra_forbidden"}
        told = add_too_high(model, node, problems, details)
        for detail in details:
            # A key that is only misspelt is not missing as well.
            if tuple(detail["loc"]) not in told and (detail["type"] != "missing" or tuple(detail["loc"]) not in meant):
                add_detail(model, node, problems, detail)
        return None


def add_too_high(model: type[Settings], node: Mapping, problems: Problems, details: list[Any]) -> set[tuple[Any, ...]]:
    """Entries that stand beside the other keys instead of under the one that is missing, noted; the places they explain."""
    told: set[tuple[Any, ...]] = set()
    for missing in (tuple(detail["loc"]) for detail in details if detail["type"] == "missing" and detail["loc"][-1] in LOOKS):
        above = missing[:-1]
        strays = [
            tuple(detail["loc"])
            for detail in details
            if detail["type"] == "extra_forbidden" and detail["loc"][:-1] == above and isinstance(detail["input"], dict)
            if detail["loc"][-1] not in problems.at_margin and not nearest(str(detail["loc"][-1]), known_keys(inner(model, above)))
        ]
        if strays and (key := key_in(found(node, above), str(strays[0][-1]))):
            what = phrase("{key} does not belong to the block it stands in.", key=key.text)
            hint = phrase("Write a line {block}: above it, and begin it further right than that line.", block=missing[-1])
            problems.add(key.line, key.column, what, hint)
            told |= {missing, *strays}
    return told


def json_schemas(blocks: list[Any]) -> Any:
    """The JSON Schema of kinds of block: where each stands, and the definitions they share."""
    return TypeAdapter.json_schemas([(block, "validation", adapter_of(block)) for block in blocks], by_alias=True)


def meant_by(model: type[Settings], path: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where the key stands that somebody meant by an unknown one."""
    return (*path[:-1], nearest(str(path[-1]), known_keys(inner(model, path[:-1]))))


def known_keys(model: type[Settings]) -> list[str]:
    """The keys of a block as owners write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def add_detail(model: type[Settings], node: Node, problems: Problems, detail: Any) -> None:
    """One of pydantic's errors as a problem at its place."""
    path = tuple(detail["loc"])
    at = found(node, path)
    if detail["type"] == "extra_forbidden":
        at = key_in(found(node, path[:-1]), str(path[-1])) or at
    elif isinstance(cause := detail.get("ctx", {}).get("error"), values.NotUnderstood) and cause.at:
        at = key_in(at, cause.at) or at
    line, column = at.line, at.column
    what, hint = said(model, path, detail)
    misplaced = detail["type"] == "extra_forbidden" and path[-1] in problems.at_margin
    if misplaced and not nearest(str(path[-1]), known_keys(inner(model, path[:-1]))):
        hint = phrase("It begins at the left margin: no spaces before {key}:.", key=path[-1])
    if (what, hint) == A_BLOCK and not problems.line_text(line + 1).lstrip().startswith("#"):
        hint = block_meant(model, path)
    problems.add(line, column, what, hint)


def key_in(block: Node, name: str) -> Text | None:
    """Where a key of a block stands."""
    return block.key(name) if isinstance(block, Mapping) else None


def said(model: type[Settings], path: tuple[Any, ...], detail: Any) -> tuple[Phrase, Phrase | None]:
    """What is wrong and what to do, in our words."""
    cause, key, text = detail.get("ctx", {}).get("error"), path[-1] if path else "", detail["input"]
    if isinstance(cause, values.NotUnderstood):
        return cause.what, cause.hint
    match detail["type"]:
        case "extra_forbidden":
            block = inner(model, path[:-1])
            hint = block.instead.get(str(key)) or key_meant(str(key), text, known_keys(block))
            pair = phrase("{key} is not known here.", key=key), hint
        case "missing":
            pair = phrase("{key} is missing here.", key=key), phrase("Add a line: {key}: …", key=key)
        case "literal_error" | "enum":
            pair = no_choice(text, re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
        case "string_pattern_mismatch":
            pair = no_currency(str(text))
        case "string_type" if isinstance(text, list) and text and isinstance(text[0], str):
            pair = NOT_ONE, phrase("Write one, such as {example}.", example=text[0])
        case "dict_type" | "model_type" | "mapping_type" if text:
            pair = NO_BLOCK, block_meant(model, path)
        case kind:
            return wrong_shape(kind, str(text), detail["msg"].removeprefix("Value error, "))
    return pair


def key_meant(key: str, value: object, keys: list[str]) -> Phrase:
    """The key that somebody means by one that is not known; or that the key stands where its value should."""
    turned = isinstance(value, str) and value in keys and not nearest(key, keys)
    return phrase("Write {better}.", better=f"{value}: {key}") if turned else did_you_mean(key, keys)


def no_currency(text: str) -> tuple[Phrase, Phrase]:
    """Something else than the three letters of a currency."""
    if not text:
        return phrase("There is no value here."), phrase("Write one behind the colon, or take the line out.")
    what = phrase("This is not the code of a currency.")
    if code := looks_like(text, SIGNS.values()):
        return what, phrase("A letter of another alphabet is among those of this word. Type it again: {name}.", name=code)
    code = currency_meant(text)
    return what, phrase("Write {better}.", better=code) if code else phrase("Write its three letters: PLN, RON, RUB, EUR.")


def wrong_shape(kind: str, text: str, why: str) -> tuple[Phrase, Phrase | None]:
    """A value of another shape than its place needs."""
    if kind in ("tuple_type", "list_type") and "," in text:
        return more_than_one(text, f"[{text}]")
    return WRONG_SHAPE.get(kind, (phrase("{why}", why=why), None))


def no_choice(value: object, choices: list[str]) -> tuple[Phrase, Phrase]:
    """A word that is none of those its place knows, or several where one is meant."""
    near = nearest(str(value), choices) if not isinstance(value, list) else None
    # A mark among the choices would be taken for one of the sentence.
    shown = [choice if choice[:1].isalnum() else f'"{choice}"' for choice in choices]
    hint = phrase("Did you mean {name}?", name=near) if near else phrase("Write one of: {choices}.", choices=shown)
    return NOT_ONE if isinstance(value, list) else phrase("{value} is not one of the choices.", value=value), hint


# How blocks look that people write as one value.
LOOKS = {
    "when": "{one_purchase: 200.00}",
    "give": "{points: 100}",
    "only": "{groups: [pensioner]}",
    "prizes": "{tea set: 3}",
    "stores": "{Market: {}}",
    "earn": "{basic: {points: 1, for_every: 10.00}}",
    "offers": "{pensioners: {discount: 5%}}",
    "coupons": "{next visit: {worth: 20.00, valid_for: 30 days}}",
    "ladder": "{guest: {at_least: 0}}",
    "rewards": "{big basket: {when: {one_purchase: 200.00}, give: {points: 100}}}",
    "cancelled": "{Status: [cancelled]}",
    "ignore": "{Status: [cancelled]}",
    "keep": "{Status: [paid]}",
    "rates": "{EUR: 4.30}",
}
# How one entry of a block looks, by the block's word.
ENTRIES = {
    "ladder": "{at_least: 500.00}",
    "earn": "{points: 1, for_every: 10.00}",
    "offers": "{discount: 5%}",
    "coupons": "{worth: 20.00, valid_for: 30 days}",
    "rewards": "{when: {one_purchase: 200.00}, give: {points: 100}}",
}


def block_meant(model: type[Settings], path: tuple[Any, ...]) -> Phrase:
    """How to write a block where one value stands."""
    outer, block, key = inner(model, path[:-1]), inner(model, path), str(path[-1]) if path else ""
    entry = ENTRIES.get(str(path[-2])) if len(path) > 1 else None
    if entry or block is outer or key in LOOKS:
        return phrase("Write it like this: {example}", example=f"{key}: {entry or LOOKS.get(key, '{name: value}')}")
    return phrase("Write {key}: {{word: value}}; the words: {names}.", key=key, names=known_keys(block))


NOT_ONE = phrase("One value stands here, not a list or a block.")
NO_BLOCK = phrase("A block of keys and values belongs here.")
A_BLOCK = (
    NO_BLOCK,
    phrase("Lines that begin with # are not read; take the # away where you mean one."),
)
A_LIST = (phrase("A list belongs here."), phrase("Write [one, another]."))
# Pydantic's words for a value of another shape than its place needs.
WRONG_SHAPE: dict[str, tuple[Phrase, Phrase | None]] = {
    "dict_type": A_BLOCK,
    "model_type": A_BLOCK,
    "mapping_type": A_BLOCK,
    "tuple_type": A_LIST,
    "list_type": A_LIST,
    "string_type": (NOT_ONE, phrase("Write one behind the colon, or take the line out.")),
}


def inner(model: type[Settings], path: tuple[Any, ...]) -> type[Settings]:
    """The model at a path inside a model, as far as it can be followed."""
    for step in path:
        field = model_of(model).model_fields.get(str(step))
        nested = (kind for kind in kinds_in(field.annotation if field else None) if isinstance(kind, type) and issubclass(kind, Settings))
        model = next(nested, model)
    return model


def kinds_in(annotation: Any) -> Iterator[Any]:
    """A field's type and all that it is made of."""
    yield annotation
    for each in getattr(annotation, "__args__", ()):
        yield from kinds_in(each)
