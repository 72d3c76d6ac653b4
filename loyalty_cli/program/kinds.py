"""What rules there are: each kind's own documentation, under its family."""

from __future__ import annotations

from typing import Any

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.all_rules import module_of

WHERE = {
    "earn": "points: earn: NAME:",
    "tiers": "tiers: by:",
    "discounts": "discounts: offers: NAME:",
    "when": "rewards: NAME: when:",
    "give": "rewards: NAME: give:",
    "segments": "segments: NAME:",
    "draws": "draws: NAME:",
}


def kinds_text(word: str | None) -> str:
    """A line for each kind; of a word or a family all there is to say."""
    if word is None:
        return "\n\n".join(family_text(family) for family in ALL_RULES) + "\n\nMore of one: loyalty program kinds WORD"
    known = [(family, name) for family, words in ALL_RULES.items() for name in words]
    chosen = [(family, name) for family, name in known if word in (name, family)]
    if not chosen:
        names = [*ALL_RULES, *(name for _, name in known)]
        raise LoyaltyError("There is no kind of rule {word}.", word=word, hint=did_you_mean(word, names))
    return "\n\n\n".join(kind_text(family, name) for family, name in chosen)


def family_text(family: str) -> str:
    """A family with a line for each of its kinds: the word, and the first sentence of its documentation."""
    words = ALL_RULES[family]
    side = max(map(len, words)) + 2
    title = f"{family}   ({WHERE[family]})"
    return "\n".join([title, "-" * len(title), *(f"{word:<{side}}{first_sentence(family, word)}" for word in words)])


def first_sentence(family: str, word: str) -> str:
    """What a kind does, in one sentence."""
    documentation = (module_of(family, word).__doc__ or "").strip()
    return documentation.partition("\n\n")[0].replace("\n", " ").partition(". ")[0].rstrip(".") + "."


def own_first(kind: Any) -> dict[str, Any]:
    """The settings of a kind, what it shares with others of its family last."""
    fields: dict[str, Any] = kind.model_fields
    return dict(sorted(fields.items(), key=lambda field: field[0] not in kind.__annotations__))


def kind_text(family: str, word: str) -> str:
    """One kind: its word, its place, its documentation, its settings."""
    documentation = (module_of(family, word).__doc__ or "").strip()
    settings = [
        f"  {field.alias or name:<18} {field.description}"
        for name, field in own_first(kind_of(family, word)).items()
        if field.description
    ]
    title = f"{word}   ({WHERE[family]})"
    return "\n".join([title, "-" * len(title), documentation, *(["", "Settings:", *settings] if settings else [])])
