"""Every kind of rule says its sentence, and every sentence is known in all languages."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.program.load import program_of
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.all_rules import module_of
from loyalty_cli.rules.only import Only
from loyalty_cli.rules.only_said import only_said
from tests.architecture.test_every_rule_is_complete import HEAD
from tests.architecture.test_every_rule_is_complete import POINTS
from tests.render.test_words import catalogue

KINDS = [(family, word) for family, words in ALL_RULES.items() for word in words]


def zloty(amount: int) -> Money:
    return Money(amount, "PLN")


def rules_in_the_sample_of(family: str, word: str) -> list[Any]:
    documentation = module_of(family, word).__doc__ or ""
    sample = textwrap.dedent("\n".join(line for line in documentation.splitlines() if line.startswith("    ")))
    needs_points = "points:" not in sample.split("rewards:")[0] and "give: {points" in sample
    program = program_of(HEAD + (POINTS if needs_points else "") + sample, "sample.yaml")
    used = [program.ladder, *program.earn.values(), *program.offers.values(), *program.draws.values()]
    used += [part for reward in program.rewards.values() for part in (reward.when, *reward.gives)]
    used += [condition for segment in program.segments.values() for condition in segment.all_conditions]
    return [rule for rule in used if isinstance(rule, kind_of(family, word))]


def texts_in(value: object) -> set[str]:
    if isinstance(value, list | tuple):
        return {text for each in value for text in texts_in(each)}
    if not isinstance(value, Phrase):
        return set()
    return {value.text} | {text for each in value.values.values() for text in texts_in(each)}


@pytest.mark.parametrize(("family", "word"), KINDS)
def test_every_kind_says_its_sentence_in_every_language(family: str, word: str) -> None:
    rules = rules_in_the_sample_of(family, word)
    assert rules
    for rule in rules:
        sentences = [rule.counts(), *rule.terms()] if family == "tiers" else [rule.announced(zloty)]
        texts = {text for sentence in sentences for text in texts_in(sentence)}
        assert all(map(str, sentences))
        for language in ("pl", "ru", "ro"):
            known = catalogue(language)
            assert not [text for text in texts if not known.get(text)]


ONE_OF_EACH: dict[str, object] = {
    "dates": "2026-12-01 to 2026-12-24",
    "weekdays": ["monday", "first saturday", "last friday"],
    "every": "2 weeks from 2026-12-07",
    "first_days_of_month": "5",
    "hours": "10:00 to 12:00",
    "stores": ["Market"],
    "categories": ["thread"],
    "products": ["A1"],
    "except_categories": ["tobacco"],
    "except_products": ["B2"],
    "full_price": "yes",
    "groups": ["pensioner"],
    "tiers": ["patron"],
    "segments": ["drowsy"],
    "cards": "29010000 to 29019999",
    "birthday_within": "3",
    "points_used": "no",
    "coupon_used": "yes",
}


@pytest.mark.parametrize("setting", Only.model_fields)
def test_every_condition_of_only_has_its_sentence(setting: str) -> None:
    assert setting in ONE_OF_EACH, "write what an owner would write for it"
    assert len(list(only_said(Only.model_validate({setting: ONE_OF_EACH[setting]})))) == 1
