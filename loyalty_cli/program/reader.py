"""The blocks of a program, each validated alone against the kind that its word names."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.books import Books
from loyalty_cli.program.blocks.cards import Cards
from loyalty_cli.program.blocks.costs import CostsBlock
from loyalty_cli.program.blocks.discounts import Discounts
from loyalty_cli.program.blocks.feedback import FeedbackTerms
from loyalty_cli.program.blocks.messages import Contact
from loyalty_cli.program.blocks.points import Points
from loyalty_cli.program.blocks.rewards import RewardBlock
from loyalty_cli.program.blocks.rfm import Rfm
from loyalty_cli.program.blocks.senders import Senders
from loyalty_cli.program.blocks.stages import Stages
from loyalty_cli.program.kind_not_told import kind_not_told
from loyalty_cli.program.program import Reward
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.validated import validated
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import Node
from loyalty_cli.reading.yaml.nodes import Text
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.control import by_chance
from loyalty_cli.rules.control import with_control_groups
from loyalty_cli.rules.coupons.terms import CouponTerms
from loyalty_cli.rules.give.own_coupon import OwnCoupon
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.money import Currency
    from loyalty_cli.reading.problems import Problems

Block = TypeVar("Block", bound=Settings)
# The blocks that are of one shape and stand once; a program without one has none.
SINGLE: dict[str, type[Settings]] = {
    "cards": Cards, "books": Books, "senders": Senders, "feedback": FeedbackTerms, "contact": Contact,
    "stages": Stages, "rfm": Rfm, "costs": CostsBlock,
}  # fmt: skip
# The key under `give:` for what a friend gets.
TO_FRIEND = "to_friend"
ALL_KINDS = phrase("loyalty program kinds lists everything that can stand here, by family.")


class Reader:
    """Reads the blocks of one program file; mistakes go to `problems`."""

    def __init__(self, root: Mapping, problems: Problems, currency: Currency) -> None:
        self.root = root
        self.problems = problems
        self.context = {"currency": currency}

    def read(self, model: type[Block], node: Node, where: str) -> Block | None:
        """One block against one model."""
        return validated(model, node, self.problems, self.context, where=where)

    def inside(self, block: Node | None, *, where: str) -> Iterator[tuple[Text, Node]]:
        """The named entries of a block, if it is one."""
        if block is None:
            return
        if isinstance(block, Mapping):
            yield from block.entries
        else:
            what = phrase("{where} is a block: each entry has a name.", where=where)
            self.problems.add_first(block.line, block.column, what, phrase("Write each as name: {{word: value}}."))

    def named(self, section: str, model: type[Block]) -> dict[str, Block]:
        """A section whose entries all have one shape."""
        read = {key.text: self.read(model, node, key.text) for key, node in self.inside(self.root.get(section), where=section)}
        return {name: block for name, block in read.items() if block is not None}

    def kinds(self, family: str, block: Node | None, *, where: str) -> dict[str, Any]:
        """Entries that each are a kind of a family, told by the word among their keys."""
        rules: dict[str, Any] = {}
        for key, node in self.inside(block, where=where):
            word = self.word_among(family, key, node)
            rule = self.read(kind_of(family, word), node, key.text) if word else None
            if rule is not None:
                rules[key.text] = rule
        return rules

    def word_among(self, family: str, key: Text, node: Node) -> str | None:
        """The one word of a family that a block has as a key."""
        known = ALL_RULES[family]
        words = [name.text for name, _ in node.entries if name.text in known] if isinstance(node, Mapping) else []
        if len(words) != 1:
            self.problems.add(*kind_not_told(family, key, node, words))
        return words[0] if len(words) == 1 else None

    def word_of(self, family: str, node: Node | None, *, default: str | None = None) -> str | None:
        """The word that a block's `by:` names."""
        by = node.get("by") if isinstance(node, Mapping) else None
        if by is None:
            return default
        if not isinstance(by, Text):
            names = ", ".join(ALL_RULES[family])
            what, hint = phrase("One value stands here, not a list or a block."), phrase("Write one of: {choices}.", choices=names)
            self.problems.add(by.line, by.column, what, hint)
            return None
        word = by.text
        if word in ALL_RULES[family]:
            return word
        self.problems.add(by.line, by.column, phrase("{word} is not known here.", word=word), did_you_mean(word, ALL_RULES[family]))
        return None

    def ladder(self) -> Any:
        """The ladder of tiers."""
        node = self.root.get("tiers")
        if node is None:
            return None
        if isinstance(node, Mapping) and node.get("by") is None:
            hint = phrase("Add a line: by: spend (or points, visits).")
            self.problems.add(node.line, node.column, phrase("The tiers do not say what they count."), hint)
            return None
        word = self.word_of("tiers", node, default="spend")
        return self.read(kind_of("tiers", word), node, "tiers") if word else None

    def points(self) -> tuple[Points | None, dict[str, Any]]:
        """The points block and its earn rules."""
        node = self.root.get("points")
        if node is None:
            return None, {}
        block = self.read(Points, node, "points")
        earn = node.get("earn") if isinstance(node, Mapping) else None
        return block, with_control_groups(self.kinds("earn", earn, where="earn"), "points")

    def discounts(self) -> tuple[Discounts | None, dict[str, Any]]:
        """The discounts block and its offers."""
        node = self.root.get("discounts")
        if node is None:
            return None, {}
        block = self.read(Discounts, node, "discounts")
        offers: dict[str, Any] = {}
        for key, offer in self.inside(node.get("offers") if isinstance(node, Mapping) else None, where="offers"):
            word = self.word_of("discounts", offer, default=offer_word(offer))
            read = self.read(kind_of("discounts", word), offer, key.text) if word else None
            if read is not None:
                offers[key.text] = read
        return block, with_control_groups(offers, "discounts")

    def single(self) -> dict[str, Any]:
        """The blocks that are of one shape and stand once."""
        nodes = {name: self.root.get(name) for name in SINGLE}
        return {name: self.read(SINGLE[name], node, name) for name, node in nodes.items() if node is not None}

    def draws(self) -> dict[str, Any]:
        """The prize draws."""
        return self.kinds("draws", self.root.get("draws"), where="draws")

    def rewards(self) -> dict[str, Reward]:
        """The rewards, each with its trigger and its gives."""
        rewards: dict[str, Reward] = {}
        for key, node in self.inside(self.root.get("rewards"), where="rewards"):
            block = self.read(RewardBlock, node, key.text)
            if block is None or not isinstance(node, Mapping):
                continue
            reward = self.reward(key.text, node, block)
            if reward is not None:
                rewards[key.text] = reward
        return rewards

    def reward(self, name: str, node: Mapping, block: RewardBlock) -> Reward | None:
        """One reward."""
        when_node, give_node = node.get("when"), node.get("give")
        if not isinstance(when_node, Mapping) or not isinstance(give_node, Mapping):
            return None
        only_node = when_node.get("only")
        only = self.read(Only, only_node, "only") if only_node else EVERYTHING
        when = self.trigger(name, when_node)
        to_friend_node = give_node.get(TO_FRIEND)
        entries = tuple(entry for entry in give_node.entries if entry[0].text != TO_FRIEND)
        gives = self.parts("give", Mapping(entries, give_node.line, give_node.column)) if entries or not to_friend_node else []
        to_friend = self.for_friend(when, to_friend_node) if to_friend_node else []
        if only is None or when is None or not (gives or to_friend):
            return None
        # Of bringing friends both have it or neither: chance goes by who is rewarded for it, the friend only where nobody else is.
        only = by_chance(only, block.control, f"rewards.{name}", of_recommender=when.of_a_friend and bool(gives))
        mine, theirs = (tuple(give.of_reward(name) for give in each) for each in (gives, to_friend))
        return Reward(name=name, when=when, only=only, gives=mine, block=block, to_friend=theirs)

    def for_friend(self, when: Any, node: Node) -> list[Any]:
        """What the friend gets, of a reward for bringing friends."""
        if when is not None and not when.of_a_friend:
            hint = phrase("Write a when of the friend, such as {example}.", example="friend_buys: any")
            self.problems.add(node.line, node.column, phrase("There is no friend here who could be given something."), hint)
        if isinstance(node, Mapping):
            return self.parts("give", node)
        what, hint = phrase("A block of keys and values belongs here."), phrase("Write {example}.", example="to_friend: {points: 100}")
        self.problems.add(node.line, node.column, what, hint)
        return []

    def trigger(self, name: str, node: Mapping) -> Any:
        """The kind that one word of a `when` block names; the block's other settings are that kind's."""
        known = ALL_RULES["when"]
        words = [(key, value) for key, value in node.entries if key.text in known]
        if len(words) > 1:
            what = phrase("{name} has two triggers.", name=name)
            self.problems.add(node.line, node.column, what, phrase("Write two rewards."))
        if len(words) != 1:
            self.no_trigger(node, words)
            return None
        key, value = words[0]
        kind = kind_of("when", key.text)
        own = value.entries if isinstance(value, Mapping) else ((Text(kind.short, key.line, key.column), value),)
        beside = [entry for entry in node.entries if entry[0].text not in (key.text, "only")]
        return self.read(kind, Mapping((*own, *beside), node.line, node.column), key.text)

    def no_trigger(self, node: Mapping, words: list[Any]) -> None:
        """A `when` without a word that says what must happen."""
        known = ALL_RULES["when"]
        unknown = [key for key, _ in node.entries if key.text != "only"]
        if not unknown:
            self.problems.add(node.line, node.column, phrase("Nothing is said here."), ALL_KINDS)
        for key in unknown if not words else ():
            what = phrase("{key} is not known here.", key=key.text)
            self.problems.add(key.line, key.column, what, did_you_mean(key.text, known, otherwise=ALL_KINDS))

    def parts(self, family: str, node: Mapping) -> list[Any]:
        """The kinds that the keys of a `give` block name."""
        parts: list[Any] = []
        if not node.entries:
            self.problems.add(node.line, node.column, phrase("Nothing is said here."), did_you_mean("", ALL_RULES[family]))
        for key, given in node.entries:
            value = given
            if key.text not in ALL_RULES[family]:
                self.problems.add(
                    key.line,
                    key.column,
                    phrase("{key} is not known here.", key=key.text),
                    did_you_mean(key.text, ALL_RULES[family]),
                )
                continue
            kind = kind_of(family, key.text)
            if not isinstance(value, Mapping):  # one value is short for a block of the kind's main setting
                value = Mapping(((Text(kind.short, key.line, key.column), value),), value.line, value.column)
            part = self.read(kind, value, key.text)
            if part is not None:
                parts.append(part)
        return parts


def coupons_of(reader: Reader, rewards: dict[str, Reward]) -> dict[str, CouponTerms]:
    """The coupons by name, those that rewards bring themselves too."""
    coupons = reader.named("coupons", CouponTerms)
    for name, reward in rewards.items():
        for give in reward.all_gives:
            if not isinstance(give, OwnCoupon):
                continue
            if give.called in coupons:
                at = found(reader.root, ("rewards", name, "give"))
                what = phrase("There is another coupon {name} in this program.", name=give.called)
                reader.problems.add(at.line, at.column, what, phrase("Give this one a name of its own: called: …"))
            coupons[give.called] = give.terms
    return coupons


def offer_word(node: Node) -> str:
    """The word among the keys of a discount that says what comes off; without one it is a percent off anything.

    The first of the list: `cheapest` is a setting of the kinds above it, too.
    """
    return next((word for word in ALL_RULES["discounts"] if isinstance(node, Mapping) and node.key(word)), "anything")
