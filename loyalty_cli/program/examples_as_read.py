"""Worked examples as they were read, kept as text: whoever checks them again plays the same examples, without YAML and pydantic.

As with a program's kept form, one that is missing, of another text, or made by other code than runs now, is not taken.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.reading.written import code
from loyalty_cli.reading.written import NOT_TAKEN
from loyalty_cli.reading.written import value_of
from loyalty_cli.reading.written import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.program.examples import Example


def examples_as_read(examples: Iterable[Example], text: str, *, currency: str) -> str:
    """The examples of a text for `examples_kept`."""
    kept = {"code": code(), "text": text, "currency": currency, "examples": [written(each) for each in examples]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def examples_kept(form: str, text: str, *, currency: str) -> list[Example] | None:
    """The examples of a text from their kept form; None where it is of another text or of other code, or damaged."""
    try:
        kept = json.loads(form)
        if (kept["code"], kept["text"], kept["currency"]) != (code(), text, currency):
            return None
        return [value_of(each) for each in kept["examples"]]
    except NOT_TAKEN:
        return None
