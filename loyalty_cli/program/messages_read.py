"""Reads the `messages:` block: what a message says of itself, and what it is for in the words of rewards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.messages import MessageTerms
from loyalty_cli.program.blocks.rewards import RewardBlock
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import Text

if TYPE_CHECKING:
    from loyalty_cli.program.program import Reward
    from loyalty_cli.program.reader import Reader

# What of a message is said in the words of rewards, and how the reward behind it is called.
OF_REWARD = frozenset({"when", "at_most", "control"})
MESSAGE = "message "


def messages_of(reader: Reader, rewards: dict[str, Reward]) -> dict[str, MessageTerms]:
    """The messages; one that says `when` is the reward that gives it, and `rewards` gets it."""
    messages: dict[str, MessageTerms] = {}
    for key, node in reader.inside(reader.root.get("messages"), where="messages"):
        block = node
        if isinstance(node, Mapping):
            own = tuple(entry for entry in node.entries if entry[0].text not in OF_REWARD)
            block = Mapping(own, node.line, node.column)
            reward = reward_of(reader, key, node)
            if reward is not None:
                rewards[reward.name] = reward
            elif node.get("when") is None:
                without_when(reader, node)
        terms = reader.read(MessageTerms, block, key.text)
        if terms is not None:
            messages[key.text] = terms
    return messages


def reward_of(reader: Reader, key: Text, node: Mapping) -> Reward | None:
    """What a message is for, as a reward that gives nothing but it and is not announced."""
    own = tuple(entry for entry in node.entries if entry[0].text in OF_REWARD)
    if not any(entry[0].text == "when" for entry in own):
        return None
    message = Mapping(((Text("message", key.line, key.column), key),), key.line, key.column)
    surprise = (Text("surprise", key.line, key.column), Text("yes", key.line, key.column))
    whole = Mapping((*own, (Text("give", key.line, key.column), message), surprise), node.line, node.column)
    block = reader.read(RewardBlock, whole, key.text)
    return reader.reward(f"{MESSAGE}{key.text}", whole, block) if block is not None else None


def without_when(reader: Reader, node: Mapping) -> None:
    """How often and for whom is said where a message is due: beside its `when`, else in the reward that gives it."""
    for key, _ in node.entries:
        if key.text in OF_REWARD:
            what = phrase("{key} goes with a when, and this message has none.", key=key.text)
            reader.problems.add(key.line, key.column, what, phrase("Write it in the reward that gives the message."))
