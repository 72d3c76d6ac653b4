"""The tasks that a quest says itself: each is a reward of its own that gives a badge, and the quest asks for these badges.

    quest: {when: {all_of: {regular: {visits: 3}, breakfast: {set: {categories: [bread, butter]}}}}, give: {points: 100}}

is short for the rewards `regular` and `breakfast`, each giving the badge of that name, and a quest that asks for both. Tasks in a
list have the quest's name and a number. So every `when` can be a task, with its own `only:`, its own memory and progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.yaml.nodes import Listing
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.reading.problems import Problems
    from loyalty_cli.reading.yaml.nodes import Node

    Entry = tuple[Text, Node]

ALL_OF = "all_of"
# What goes for the quest as a whole goes for its tasks, too.
OF_THE_QUEST = frozenset({"on_return", "surprise"})


def with_tasks(root: Mapping, problems: Problems) -> Mapping:
    """A program in which no quest says tasks of its own any more."""
    rewards = root.get("rewards")
    if not isinstance(rewards, Mapping):
        return root
    laid_out = [each for entry in rewards.entries for each in quest_apart(*entry)]
    if len(laid_out) == len(rewards.entries):
        return root
    known: dict[str, Entry] = {}
    for key, node in laid_out:
        if key.text in known:
            what = phrase("There is another reward {name}, which may be a task of a quest.", name=key.text)
            problems.add(key.line, key.column, what, phrase("Give one of them another name."))
        known.setdefault(key.text, (key, node))
    return replaced(root, "rewards", Mapping(tuple(known.values()), rewards.line, rewards.column))


def quest_apart(name: Text, reward: Node) -> Iterator[Entry]:
    """The tasks of a quest as rewards, and then the quest; any other reward is left as it is."""
    when = reward.get("when") if isinstance(reward, Mapping) else None
    said = when.get(ALL_OF) if isinstance(when, Mapping) else None
    tasks = list(tasks_of(name, said))
    if not isinstance(reward, Mapping) or not isinstance(when, Mapping) or not any(task for _, task in tasks):
        yield name, reward
        return
    for key, task in tasks:
        if task is not None:
            yield from quest_apart(key, as_reward(key, task, reward))
    badges = Listing(tuple(key for key, _ in tasks), when.line, when.column)
    yield name, replaced(reward, "when", replaced(when, ALL_OF, badges))


def tasks_of(name: Text, said: Node | None) -> Iterator[tuple[Text, Mapping | None]]:
    """What a quest asks for, each with its badge: tasks by name, or in a list, in which a name alone is a badge of another reward."""
    match said:
        case Mapping(entries=entries) if all(isinstance(task, Mapping) for _, task in entries):
            yield from ((key, task) for key, task in entries if isinstance(task, Mapping))
        case Listing(items=items):
            for number, item in enumerate(items, start=1):
                if isinstance(item, Text):
                    yield item, None
                elif isinstance(item, Mapping):
                    yield Text(f"{name.text} {number}", item.line, item.column), item


def as_reward(name: Text, when: Mapping, quest: Mapping) -> Mapping:
    """A task as the reward that gives its badge."""
    badge = Mapping(((Text("badge", name.line, name.column), name),), name.line, name.column)
    own = ((Text("when", name.line, name.column), when), (Text("give", name.line, name.column), badge))
    return Mapping((*own, *(entry for entry in quest.entries if entry[0].text in OF_THE_QUEST)), name.line, name.column)


def replaced(block: Mapping, name: str, value: Node) -> Mapping:
    """A block with another value under one of its keys."""
    return Mapping(tuple((key, value if key.text == name else old) for key, old in block.entries), block.line, block.column)
