"""A phrase kept as text, so that it can be said in any language later: its msgid and its values as JSON."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import Span
from loyalty_cli.model.shown.phrase import AtMoment
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import OnWeekday
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import Share

if TYPE_CHECKING:
    from collections.abc import Callable

# One for all phrases: json.dumps would make an encoder for each.
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def kept(said: Phrase) -> str:
    """The phrase as JSON."""
    return ENCODER.encode(as_data(said))


@lru_cache(maxsize=1024)
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


# What is said otherwise in each language: by the word under which it is kept, its kind and the fields of it.
FORMS: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "money": (Money, ("amount", "currency", "digits")),
    "day": (OnDay, ("day",)),
    "dates": (Dates, ("first", "last")),
    "moment": (AtMoment, ("moment", "timezone")),
    "month": (InMonth, ("month",)),
    "weekday": (OnWeekday, ("weekday",)),
    "figure": (Figure, ("thousandths",)),
    "percent": (Percent, ("basis_points",)),
    "share": (Share, ("basis_points",)),
    "span": (Span, ("count", "unit")),
}


def as_data(value: object) -> object:
    """A value of a phrase in JSON's own kinds."""
    if isinstance(value, Phrase):
        data: dict[str, object] = {"say": value.text, "with": {name: as_data(each) for name, each in value.values.items()}}
        return data if value.plural is None else {**data, "many": value.plural}
    if isinstance(value, list | tuple):
        return [as_data(each) for each in value]
    for word, (kind, fields) in FORMS.items():
        if type(value) is kind:
            kept = [getattr(value, field) for field in fields]
            return {word: kept if len(kept) > 1 else kept[0]}
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def as_value(data: Any) -> Any:
    """The same back from JSON."""
    match data:
        case {"say": text, "with": values}:
            return Phrase(text, {name: as_value(each) for name, each in values.items()}, data.get("many"))
        case dict() if (word := next(iter(data), "")) in FORMS:
            kind, fields = FORMS[word]
            return kind(**dict(zip(fields, data[word] if len(fields) > 1 else [data[word]], strict=True)))
        case list():
            return [as_value(each) for each in data]
    return data
