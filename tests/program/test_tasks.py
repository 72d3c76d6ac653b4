"""A quest that says its tasks itself is the same program as one whose tasks are rewards with badges."""

from __future__ import annotations

from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.load import program_of

HEAD = "program: Case\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\npoints: {earn: {}}\nrewards:\n"


def version_of(rewards: str) -> str:
    return canonical(program_of(HEAD + rewards, "program.yaml"))


def test_tasks_by_name_are_rewards_that_give_a_badge_of_that_name() -> None:
    short = """
  quest:
    when: {all_of: {regular: {visits: 3, only: {weekdays: monday}}, much: {one_purchase: 50.00}}, times: every time}
    give: {points: 100}
    on_return: keep
    at_most: 2
"""
    long = """
  regular: {when: {visits: 3, only: {weekdays: monday}}, give: {badge: regular}, on_return: keep}
  much: {when: {one_purchase: 50.00}, give: {badge: much}, on_return: keep}
  quest: {when: {all_of: [regular, much], times: every time}, give: {points: 100}, on_return: keep, at_most: 2}
"""
    assert version_of(short) == version_of(long)


def test_tasks_in_a_list_have_the_name_of_the_quest_and_their_place_in_it() -> None:
    short = """
  regular: {when: {visits: 3}, give: {badge: regular}}
  quest: {when: {all_of: [regular, {one_purchase: 50.00}, {all_of: [{visits: 2}, regular]}]}, give: {points: 100}, surprise: yes}
"""
    long = """
  regular: {when: {visits: 3}, give: {badge: regular}}
  quest 2: {when: {one_purchase: 50.00}, give: {badge: quest 2}, surprise: yes}
  quest 3 1: {when: {visits: 2}, give: {badge: quest 3 1}, surprise: yes}
  quest 3: {when: {all_of: [quest 3 1, regular]}, give: {badge: quest 3}, surprise: yes}
  quest: {when: {all_of: [regular, quest 2, quest 3]}, give: {points: 100}, surprise: yes}
"""
    assert version_of(short) == version_of(long)
