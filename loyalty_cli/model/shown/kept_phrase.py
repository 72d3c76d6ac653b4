"""A phrase kept as text, so that it can be said in any language later: its msgid and its values as JSON."""

from __future__ import annotations

import json
from typing import Any

from loyalty_cli.model.days import Dates
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase


def kept(said: Phrase) -> str:
    """The phrase as JSON."""
    return json.dumps(as_data(said), ensure_ascii=False, separators=(",", ":"))


def said_again(text: str) -> Phrase:
    """The phrase that was kept; a text of an earlier release, which kept English sentences, is said as it is."""
    if text.startswith('{"say":'):
        try:
            said = as_value(json.loads(text))
        except ValueError:
            said = None
        if isinstance(said, Phrase):
            return said
    return Phrase("{reasons}", {"reasons": text})


def as_data(value: object) -> object:
    """A value of a phrase in JSON's own kinds."""
    match value:
        case Phrase(text=text, values=values, plural=plural):
            data: dict[str, object] = {"say": text, "with": {name: as_data(each) for name, each in values.items()}}
            return data if plural is None else {**data, "many": plural}
        case Money(amount=amount, currency=currency, digits=digits):
            return {"money": [amount, currency, digits]}
        case OnDay(day=day):
            return {"day": day}
        case Dates(first=first, last=last):
            return {"dates": [first, last]}
        case list() | tuple():
            return [as_data(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def as_value(data: Any) -> Any:
    """The same back from JSON."""
    match data:
        case {"say": text, "with": values}:
            return Phrase(text, {name: as_value(each) for name, each in values.items()}, data.get("many"))
        case {"money": [amount, currency, digits]}:
            return Money(amount, currency, digits)
        case {"day": day}:
            return OnDay(day)
        case {"dates": [first, last]}:
            return Dates(first=first, last=last)
        case list():
            return [as_value(each) for each in data]
    return data
