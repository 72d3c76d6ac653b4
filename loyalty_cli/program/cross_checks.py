"""Whether the parts of a program fit together: names that are used must be there, days in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import HELD
from loyalty_cli.model.entry import KEPT
from loyalty_cli.model.entry import POINTS
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.books_checks import check_books
from loyalty_cli.program.names_there import check_names
from loyalty_cli.program.names_there import names_in
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.program.worth import worth_of
from loyalty_cli.program.worth import worth_of_asset
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.reading.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward
    from loyalty_cli.reading.problems import Problems
    from loyalty_cli.rules.only import Only

Path = tuple[str | int, ...]
NO_WORTH = "The budget counts money, but what is given has no worth in money that is known beforehand."
SAY_WORTH = "Say it: one_point_pays for points, worth or pays_at_most for a coupon, gifts: with costs for a gift."


def cross_check(program: Program, root: Mapping, problems: Problems) -> None:
    """Add what does not fit together to the problems."""
    for path, only in filters(program):
        check_names((*path, "tiers"), only.tiers, names_in(root, "tiers", "ladder"), (root, problems, "tier"))
        check_names((*path, "stores"), only.stores, names_in(root, "stores"), (root, problems, "store"))
        check_names((*path, "segments"), only.segments, names_in(root, "segments"), (root, problems, "segment"))
    check_segments(program, root, problems)
    for name, reward in program.rewards.items():
        check_reward(name, reward, program, root, problems)
    check_circles(program, root, problems)
    if program.ladder and getattr(program.ladder, "by", "") == "points" and root.get("points") is None:
        note(("tiers", "by"), root, problems, "The tiers count points, but the program has no points block.")
    check_offers(program, root, problems)
    check_gifts(program, root, problems)
    check_books(program, root, problems)
    for name, terms in program.coupons.items():
        if terms.budget and worth_of_asset(program, f"coupon:{name}", 1) is None:
            note(("coupons", name, "budget"), root, problems, NO_WORTH, SAY_WORTH)
    check_days(program, root, problems)


def check_offers(program: Program, root: Mapping, problems: Problems) -> None:
    """Groups and discounts that a discount names must be there."""
    offers = [*names_in(root, "discounts", "offers"), *([TIER_DISCOUNT] if program.ladder else [])]
    for name, offer in program.offers.items():
        path = ("discounts", "offers", name)
        if name == TIER_DISCOUNT:
            note(path, root, problems, "This name is that of the discount which tiers have; give the offer another one.")
        check_names((*path, "never_with"), offer.never_with, offers, (root, problems, "discount"))
        group = [offer.group] if offer.group else []
        check_names((*path, "group"), group, names_in(root, "discounts", "groups"), (root, problems, "group of discounts"))


def assets_of(reward: Reward) -> set[str]:
    """What a reward gives, to a friend too; a tier that is held may be reached by it."""
    assets = {give.given().asset for give in reward.all_gives}
    return assets | {f"tier:{asset.removeprefix(HELD)}" for asset in assets if asset.startswith(HELD)}


def heard_by(reward: Reward, program: Program) -> frozenset[str]:
    """What a reward feeds on: what it hears of, for bringing friends the tiers asked of the friend, for a segment its conditions."""
    tiers = list(reward.only.tiers if reward.when.of_a_friend else ())
    segment = program.segments.get(getattr(reward.when, "segment", ""))
    asked = list(segment.all_conditions) if segment else []
    tiers += [tier for condition in asked for tier in getattr(condition, "tiers", ())]
    badges = [asset for condition in asked for asset in condition.hears_assets]
    return frozenset((*reward.when.hears_assets, *badges, *(f"tier:{tier}" for tier in tiers), *coupons_heard_by(reward, program)))


def coupons_heard_by(reward: Reward, program: Program) -> Iterator[str]:
    """The coupons in hand that a reward hears of: those it names, else all that rewards bring."""
    if any(asset.startswith(IN_HAND) for asset in reward.when.hears_assets):
        named = frozenset(f"coupon:{name}" for name in getattr(reward.when, "coupons", ()))
        given = {asset for other in program.rewards.values() for asset in assets_of(other) if asset.startswith("coupon:")}
        yield from named or given


def check_circles(program: Program, root: Mapping, problems: Problems) -> None:
    """No reward may feed on what it brings about itself, be it by way of others."""
    feeds = {
        name: [fed for fed, other in program.rewards.items() if assets_of(reward) & heard_by(other, program)]
        for name, reward in program.rewards.items()
    }
    for name in program.rewards:
        reached, ahead = set(), [name]
        while ahead:
            for fed in feeds[ahead.pop()]:
                if fed not in reached:
                    reached.add(fed)
                    ahead.append(fed)
        if name in reached:
            note(("rewards", name), root, problems, "This reward feeds on itself, by way of what it gives.")


def check_trigger(name: str, reward: Reward, program: Program, root: Mapping, problems: Problems) -> None:
    """What a reward asks must be there to ask."""
    if not reward.when.hears_purchases and reward.only.asks_a_purchase:
        note(("rewards", name, "when", "only"), root, problems, "This is no purchase, but only: asks for goods, hours or stores.")
    check_limits(name, reward, program, root, problems)
    tier = getattr(reward.when, "tier", None)
    asks = reward.when.hears_assets
    kept = any(asset.startswith(KEPT) for asset in asks)
    if tier is not None:
        path = ("rewards", name, "when", "kept_tier" if kept else "tier")
        check_names(path, (tier,), names_in(root, "tiers", "ladder"), (root, problems, "tier"))
    if kept and program.ladder and program.ladder.stays:
        note(("rewards", name, "when"), root, problems, "Tiers that never go down have no review at which one could be kept.")
    if POINTS in asks and root.get("points") is None:
        note(("rewards", name, "when"), root, problems, "Points are counted, but the program has no points block.")
    segment = getattr(reward.when, "segment", None)
    if segment is not None:
        word = next((key for key in ("enters", "leaves") if found(root, ("rewards", name, "when", key)) is not root), "when")
        check_names(("rewards", name, "when", word), (segment,), names_in(root, "segments"), (root, problems, "segment"))
    coupons = getattr(reward.when, "coupons", ())
    check_names(("rewards", name, "when", "coupons"), coupons, names_in(root, "coupons"), (root, problems, "coupon"))
    check_badges(("rewards", name, "when"), reward.when.hears_assets, program, (root, problems))


def check_badges(path: Path, assets: Iterable[str], program: Program, context: tuple[Mapping, Problems]) -> None:
    """A badge that is asked for must be one that a reward gives."""
    root, problems = context
    given = {asset for each in program.rewards.values() for asset in assets_of(each)}
    for asset in sorted({*assets} - given):
        if asset.startswith("badge:"):
            node = found(root, path)
            name = asset.removeprefix("badge:")
            names = sorted(each.removeprefix("badge:") for each in given if each.startswith("badge:"))
            first = phrase("Write a reward that gives it: {example}", example=f"give: {{badge: {name}}}")
            what = phrase("No reward gives the badge {name}.", name=name)
            problems.add(node.line, node.column, what, did_you_mean(name, names) if names else first)


def check_segments(program: Program, root: Mapping, problems: Problems) -> None:
    """What conditions ask must be there to ask, and filters of purchases ask nothing but purchases."""
    for name, segment in program.segments.items():
        path: Path = ("segments", name)
        for word, condition in ((word, each) for part in segment.all_parts for word, each in part.conditions):
            asked = getattr(condition, "tiers", ()), names_in(root, "tiers", "ladder")
            check_names((*path, word), *asked, (root, problems, "tier"))
            store = getattr(condition, "store", None)
            stores = (*condition.which.stores, *([store] if store else ()))
            check_names((*path, word), stores, names_in(root, "stores"), (root, problems, "store"))
            check_names((*path, word), condition.which.tiers, names_in(root, "tiers", "ladder"), (root, problems, "tier"))
            check_names((*path, word), condition.which.segments, names_in(root, "segments"), (root, problems, "segment"))
            check_badges((*path, word), condition.hears_assets, program, (root, problems))
            if word == "points" and root.get("points") is None:
                note((*path, word), root, problems, "Points are counted, but the program has no points block.")


def check_reward(name: str, reward: Reward, program: Program, root: Mapping, problems: Problems) -> None:
    """What a reward asks and gives must be in the program."""
    check_trigger(name, reward, program, root, problems)
    for give in reward.all_gives:
        path = ("rewards", name, "give", *(("to_friend",) if give in reward.to_friend else ()))
        coupon = getattr(give, "coupon", None)
        if coupon is not None:
            check_names(
                (*path, "coupon"),
                (coupon,),
                names_in(root, "coupons"),
                (root, problems, "coupon"),
            )
        if root.get("gifts") is not None and give.held_as == "gifts":
            check_names(("rewards", name, "give", "gift"), give.gift, names_in(root, "gifts"), (root, problems, "gift"))
        draw = getattr(give, "draw", None)
        if draw is not None:
            check_names((*path, "tickets"), (draw,), names_in(root, "draws"), (root, problems, "draw"))
        tier = getattr(give, "tier", None)
        if tier is not None:
            check_names(("rewards", name, "give"), (tier,), names_in(root, "tiers", "ladder"), (root, problems, "tier"))
        if getattr(give, "points", None) is not None and root.get("points") is None:
            note(
                (*path, "points"),
                root,
                problems,
                "Points are given, but the program has no points block.",
            )


def check_limits(name: str, reward: Reward, program: Program, root: Mapping, problems: Problems) -> None:
    """What a limit in all counts must come one by one."""
    if reward.block.in_all and reward.when.several:
        text = "in_all counts one reward for each cause, but for_every gives several for one purchase."
        note(("rewards", name, "in_all"), root, problems, text)
    if reward.block.budget and not worth_of(program, reward):
        note(("rewards", name, "budget"), root, problems, NO_WORTH, SAY_WORTH)
    gifts = [asset for asset in assets_of(reward) if asset.startswith("gift:")]
    if reward.when.several and any(map(program.is_counted, gifts)):
        text = "The stock counts one gift for each cause, but for_every gives several for one purchase."
        note(("rewards", name, "give"), root, problems, text)


def filters(program: Program) -> Iterator[tuple[Path, Only]]:
    """Every `only:` of the program with its place."""
    for name, rule in program.earn.items():
        yield ("points", "earn", name, "only"), rule.only
    for name, offer in program.offers.items():
        yield ("discounts", "offers", name, "only"), offer.only
    for name, reward in program.rewards.items():
        yield ("rewards", name, "when", "only"), reward.only
    for name, draw in program.draws.items():
        yield ("draws", name, "only"), draw.only
    for name, terms in program.coupons.items():
        yield ("coupons", name, "only"), terms.only
    if program.discounts:
        yield ("discounts", "only"), program.discounts.only
    if program.ladder:
        yield ("tiers", "only"), program.ladder.only


def note(path: Path, root: Mapping, problems: Problems, text: str, hint: str = "") -> None:
    """Add a plain mistake at a path."""
    node = found(root, path)
    problems.add(node.line, node.column, phrase(text), phrase(hint) if hint else None)


def check_gifts(program: Program, root: Mapping, problems: Problems) -> None:
    """A gift has one price in points, and points to pay it with."""
    for name, gift in program.gifts.items():
        if gift.points is None:
            continue
        if program.points is None:
            note(("gifts", name, "points"), root, problems, "The gift costs points, but the program has no points block.")
        elif name in program.points.gifts:
            note(("points", "gifts", name), root, problems, "This gift has its price under gifts: already.")


def check_days(program: Program, root: Mapping, problems: Problems) -> None:
    """The program ends after it starts, and redemption does not end before it."""
    if program.ends < program.starts:
        text = "The program ends before it starts."
        note(("ends",), root, problems, text, "Look at the years of starts: and ends:.")
    if program.last_redemption < program.starts:
        text = "The last redemption lies before the start."
        note(("last_redemption",), root, problems, text, "Look at the years of starts: and last_redemption:.")
    for name, rule in program.earn.items():
        part = rule.contribution()
        if part.basket_below is not None and part.basket_below <= max(1, part.basket_at_least):
            note(("points", "earn", name, "basket_below"), root, problems, "No receipt is as small and as large as that.")
        check_names(
            ("points", "earn", name, "into"),
            [rule.into] if rule.into else [],
            names_in(root, "points", "wallets"),
            (root, problems, "wallet"),
        )
    points = program.points
    if points and points.called and (not points.one_point_pays or points.one_point_pays % 1000):
        text = "Points that are shown as money need one_point_pays, in whole smallest coins."
        note(("points", "called"), root, problems, text)
    firsts = {rule.into: name for name, rule in reversed(list(program.earn.items()))}
    for name in firsts.values():
        written = names_in(root, "points", "earn")
        # Where a rule above it could not be read, that is the mistake.
        unread = [above for above in written[: written.index(name)] if above not in program.earn]
        if program.earn[name].contribution().factor != 1 and not unread:
            text = "A multiplier stands first, so there is nothing it multiplies; put it below."
            note(("points", "earn", name), root, problems, text)
