"""What rules bring: members who have them against members whom chance keeps out, or against members who are like them."""

from __future__ import annotations

from functools import cache
from functools import partial
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.comparison import Difference
from loyalty_cli.knowing.comparison import paired
from loyalty_cli.knowing.matching import Before
from loyalty_cli.knowing.matching import pairs
from loyalty_cli.knowing.uplift import adjusted
from loyalty_cli.knowing.uplift import LEAST
from loyalty_cli.knowing.uplift import SURE
from loyalty_cli.knowing.uplift import Uplift
from loyalty_cli.knowing.uplift import uplift_of
from loyalty_cli.knowing.uplift import whole_weeks
from loyalty_cli.knowing.uplift import WORTH_KNOWING
from loyalty_cli.model.costs import costs_from
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.table import Column
from loyalty_cli.paying.break_even import margin_of
from loyalty_cli.reports.asked import last_known
from loyalty_cli.reports.in_force import programs_in_force
from loyalty_cli.reports.knowing.compared_days import awake
from loyalty_cli.reports.knowing.compared_days import Days
from loyalty_cli.reports.knowing.compared_days import days_of
from loyalty_cli.reports.knowing.compared_days import doings
from loyalty_cli.reports.knowing.compared_days import rules_of
from loyalty_cli.reports.knowing.groups import named
from loyalty_cli.reports.knowing.groups import not_known
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.paying import brought_and_cost
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.knowing.compared_days import Doing
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"about", "dates", "as-of", "limit"})
COLUMNS = (
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="measure", heading="Per member", kind="word"),
    Column(name="having", heading="With it", kind="count"),
    Column(name="without", heading="Without", kind="count"),
    Column(name="mean", heading="Mean without", kind="number"),
    Column(name="difference", heading="Difference", kind="number"),
    Column(name="low", heading="At least", kind="number"),
    Column(name="high", heading="At most", kind="number"),
    Column(name="weeks", heading="Weeks missing", kind="count"),
    Column(name="evidence", heading="Evidence", kind="word"),
    Column(name="says", heading="What it says", kind="said"),
)
MEASURES = ("visits", "spend")
# The bounds of both measures hold together.
LEVEL = 1 - (1 - SURE) / len(MEASURES)
REACHED = """
SELECT DISTINCT e.member_id FROM ledger e JOIN rule u ON u.id = e.rule_id
 WHERE u.name = :rule AND e.quantity > 0 AND e.effective_on BETWEEN :first AND :last
"""
EVIDENCE = ("alike members", "control group")


class Compared(NamedTuple):
    """One measure of one rule: how many on each side, what was found, and how strong the evidence is."""

    sizes: tuple[int, int]
    found: Uplift | None
    evidence: str


def table(connection: Connection, question: Question) -> Table:
    """Rows for each rule: visits, spend, and what that leaves where the margin is known."""
    versions = programs_in_force(connection)
    last = last_known(connection, question)
    found: list[tuple[Cell, ...]] = []
    notes: list[Phrase] = []
    asked = meant(versions, question.about) if last is not None else []
    margin = margin_in(connection, question, last) if last is not None and asked else None
    did = cache(partial(doings, connection))  # rules of one program are mostly compared over the same days
    for rule in asked:
        days, control = days_of(versions, rule, question, last or 0)
        if days.none:
            early = kept(phrase("There are no days to compare yet."))
            found += [(rule, name, *[None] * 7, EVIDENCE[bool(control)], early) for name in MEASURES]
            continue
        notes.append(phrase("{rule}: {first} to {last}.", rule=rule.partition(".")[2], first=OnDay(days.first), last=OnDay(days.last)))
        sides = by_chance(did(days), days, control.has) if control else by_likeness(connection, did, days, rule)
        found += rows(rule, with_margin(sides, margin), question.shop.currency.digits)
    page = Page(
        name="uplift",
        title=phrase("What rules bring"),
        basis=basis_happened(question),
        empty=phrase(
            "No rule has a control group; {example} in a rule makes one, and report uplift RULE compares what there is.",
            example="control: 5%",
        ),
        notes=[*notes, *explained(found), *margin_said(margin)],
    )
    return tabled(question, page, COLUMNS, found)


def meant(versions: Sequence[tuple[Day, Program]], about: str) -> list[str]:
    """The rule that is named, else all that have or had a control group."""
    rules = [(name, rule) for _, program in versions for name, rule in rules_of(program)]
    if about:
        known = list(dict.fromkeys(name for name, _ in rules))
        found = named(known, about)
        if known and not found:
            raise not_known(about, known)
        return found
    return list(dict.fromkeys(name for name, rule in rules if rule.only.control))


def by_chance(did: Sequence[Doing], days: Days, kept_out: Callable[[str], bool]) -> dict[str, Compared]:
    """Members who have the rule against its control group."""
    everybody = [doing for doing in did if awake(doing, days)]
    having = [doing.measures for doing in everybody if not kept_out(doing.chance)]
    without = [doing.measures for doing in everybody if kept_out(doing.chance)]
    sides = {name: ([each[name] for each in having], [each[name] for each in without]) for name in MEASURES}
    sizes = len(having), len(without)
    return {name: Compared(sizes, uplift_of(*both, days.weeks, LEVEL), EVIDENCE[1]) for name, both in sides.items()}


def by_likeness(connection: Connection, did: Callable[[Days], Sequence[Doing]], days: Days, rule: str) -> dict[str, Compared]:
    """Members whom the rule gave something until the middle of the days against members who were like them until then: what came after."""
    middle = (days.first + days.last) // 2
    reached = {member for (member,) in rows_of(connection, REACHED, {"rule": rule, "first": days.first, "last": middle})}
    after = Days(middle + 1, days.last, since=middle + days.first - days.last)
    known = {doing.member: doing for doing in did(after) if doing.measures["visits"].before}
    before = {member: Before(member, *(int(doing.measures[name].before) for name in MEASURES)) for member, doing in known.items()}
    having = [each for member, each in before.items() if member in reached]
    alike = pairs(having, (each for member, each in before.items() if member not in reached))
    couples = [(known[one], known[other]) for one, other in alike]
    return {name: Compared((len(couples), len(couples)), changed(couples, name), EVIDENCE[0]) for name in MEASURES}


def changed(couples: Sequence[tuple[Doing, Doing]], name: str) -> Uplift | None:
    """By how much more the first of each couple did than the second, what still differed before taken out; None of too few."""
    if len(couples) < LEAST:
        return None
    having, without = ([couple[side].measures[name] for couple in couples] for side in (0, 1))
    more = [one - other for one, other in zip(*adjusted(having, without), strict=True)]
    means = [sum(each.during for each in side) / len(side) for side in (having, without)]
    return Uplift(means[0], means[1], paired(more, LEVEL), 0)


def margin_in(connection: Connection, question: Question, last: Day) -> int | None:
    """What is left of a sale in basis points: as the program states it, else of the goods whose cost is known; None: not known."""
    stated = costs_from(question.shop.costs).margin
    return stated if stated is not None else margin_of(*brought_and_cost(connection, question.first or 0, last))


def with_margin(compared: dict[str, Compared], margin: int | None) -> dict[str, Compared]:
    """What members spend more, as margin, too: the same evidence, so its bounds hold whenever those of the spend do."""
    spend = compared["spend"]
    if margin is None:
        return compared
    share = margin / WHOLE
    found = spend.found and spend.found._replace(
        having=spend.found.having * share,
        without=spend.found.without * share,
        difference=Difference(*(each * share for each in spend.found.difference)),
    )
    return {**compared, "margin": spend._replace(found=found)}


def margin_said(margin: int | None) -> Iterator[Phrase]:
    """At which margin."""
    if margin is not None:
        yield phrase("Margin: what is spent, at a margin of {share}; what the rule itself costs is not taken off.", share=Share(margin))


def rows(rule: str, compared: dict[str, Compared], digits: int) -> Iterator[tuple[Cell, ...]]:
    """The measures as they are shown."""
    for name, each in compared.items():
        unit = 1 if name == "visits" else 10**digits
        if each.found is None:
            few = phrase("Too few to tell: each side needs {count} members.", count=LEAST)
            yield rule, name, *each.sizes, None, None, None, None, None, each.evidence, kept(few)
            continue
        found, chance = each.found, each.evidence == EVIDENCE[1]
        values = (found.without, *found.difference[:3])
        weeks = whole_weeks(found.weeks) if chance and not found.difference.sign else None
        figures = (f"{value / unit:.2f}" for value in values)
        said = says(found.difference, found.weeks) if chance else says_likeness(found.difference)
        yield rule, name, *each.sizes, *figures, weeks, each.evidence, kept(said)


def says(difference: Difference, weeks: float) -> Phrase:
    """What an interval says, and what it does not yet."""
    if difference.sign:
        return phrase("More with it.") if difference.sign > 0 else phrase("Less with it.")
    if not weeks:
        return phrase("No effect seen.")
    worth, count = Share(int(WORTH_KNOWING * WHOLE)), whole_weeks(weeks)
    if count is None:
        return phrase("No effect seen yet; one of {share} would need more members kept out, not more weeks.", share=worth)
    return phrase(
        "No effect seen yet; one of {share} would show in about {count} week more.",
        "No effect seen yet; one of {share} would show in about {count} weeks more.",
        share=worth,
        count=count,
    )


def says_likeness(difference: Difference) -> Phrase:
    """The same where nothing but likeness made the groups."""
    if not difference.sign:
        return phrase("No effect seen.")
    return phrase("More, perhaps not because of it.") if difference.sign > 0 else phrase("Less, perhaps not because of it.")


def explained(found: Sequence[tuple[Cell, ...]]) -> Iterator[Phrase]:
    """What must be known to read the table."""
    kinds = {row[-2] for row in found}
    if not kinds:
        return
    yield phrase("In 39 of 40 comparisons the true differences of visits and spend both lie between at least and at most.")
    if EVIDENCE[1] in kinds:
        yield phrase("Chance has made the control group, and what members did before is taken into account: what differs is the rule.")
    if EVIDENCE[0] in kinds:
        yield phrase(
            "Weaker evidence: without a control group whoever the rule gave something in the first half of these days is compared, in "
            "the second half, with one who came as often and spent about as much until then; whoever wants a reward may buy more anyway."
        )
