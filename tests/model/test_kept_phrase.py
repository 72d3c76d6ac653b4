"""A phrase that was kept is said as it was."""

from __future__ import annotations

from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.words import say


def test_a_phrase_comes_back_with_all_its_values() -> None:
    inner = phrase("{count} row", "{count} rows", count=2)
    said = phrase("{one}; {other}", one=phrase("{names}", names=["a", "b"]), other=phrase("{x}", x=inner))
    assert said_again(kept(said)) == said
    values = phrase("{money} on {day}, {none}", money=Money(1250, "PLN"), day=OnDay(2461366), none=None)
    assert said_again(kept(values)) == values


def test_a_reason_of_an_earlier_release_is_said_as_it_is() -> None:
    for text in ("amount: it is empty", "{broken}", '{"say": oops', '{"say":1}'):
        assert say(said_again(text)) == text


def test_a_kept_phrase_is_said_in_the_readers_language() -> None:
    reason = kept(phrase("{count} row ignored.", "{count} rows ignored.", count=2))
    assert say(said_again(reason), "en") == "2 rows ignored."
    assert str(said_again(kept(phrase("store: it is empty")))) == "store: it is empty"
