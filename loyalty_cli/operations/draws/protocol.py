"""The minutes of a draw, ready to be signed: what was announced, frozen, drawn and handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.countries.draw_law import formalities
from loyalty_cli.draws.proof.claims import read_claim
from loyalty_cli.draws.reasons import code_said
from loyalty_cli.draws.reasons import reason_said
from loyalty_cli.model.days import Dates
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Moment
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.document import Signature
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.places import made_draw
from loyalty_cli.operations.draws.protocol_drawing import annexes
from loyalty_cli.operations.draws.protocol_drawing import drawing
from loyalty_cli.operations.draws.protocol_drawing import pick_log
from loyalty_cli.operations.draws.protocol_prizes import prizes_and_tax
from loyalty_cli.operations.draws.protocol_prizes import what_became
from loyalty_cli.operations.draws.protocol_prizes import winners_and_reserves
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.store.draws import life as draw_life
from loyalty_cli.store.draws.openings import opening_of
from loyalty_cli.store.draws.voids import voids_of
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.draws.proof.claims import Claim
    from loyalty_cli.model.kept_draw import Opening
    from loyalty_cli.model.kept_draw import Redraw
    from loyalty_cli.model.kept_draw import Void
    from loyalty_cli.operations.draws.places import MadeDraw
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

NOT_ADVICE = phrase("What is said of law and tax are notes with their source and date, not advice.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Everything that the minutes are made from."""

    made: MadeDraw
    claim: Claim | None
    opening: Opening | None
    voids: Sequence[Void]
    redraws: Sequence[Redraw]
    kept: Mapping[str, str]
    program: str
    commission: Sequence[str]

    @property
    def timezone(self) -> str:
        """The shop's time zone."""
        return self.kept.get("timezone", "UTC") or "UTC"

    def moment(self, instant: str) -> Moment:
        """An instant by the shop's clock."""
        return Moment(instant=instant, timezone=self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The minutes, and what the command says about them."""

    outcome: Outcome
    document: Document


def draw_protocol(shop: Shop, name: str, *, program: str = "loyalty") -> Protocol:
    """The minutes of a draw that was made; `program` is this program with its release."""
    with shop.reading() as connection:
        made = made_draw(connection, name)
        minutes = Minutes(
            made=made,
            claim=read_claim(made.kept.proof) if made.kept.proof else None,
            opening=opening_of(connection, made.kept.name),
            voids=voids_of(connection, made.kept.id),
            redraws=draw_life.redraws(connection, made.kept.id),
            kept=settings(connection),
            program=program,
            commission=commission_of(connection, made),
        )
    data = {"draw": made.kept.name, "seed": made.kept.seed, "run_at": made.kept.run_at, "places": len(made.places)}
    return Protocol(
        outcome=Outcome(data=data, language=minutes.kept.get("language", "")),
        document=document_of(minutes),
    )


def commission_of(connection: Connection, made: MadeDraw) -> Sequence[str]:
    """Who watches over the draw: their names stand in the program alone, for rules.txt is published."""
    try:
        return draw_rules(connection, made.kept.name).formalities.commission
    except LoyaltyError:
        return ()


def document_of(minutes: Minutes) -> Document:
    """All parts in the order in which a commission reads them."""
    made = minutes.made
    is_contest = bool(made.rules.contest)
    title = phrase("Minutes of the contest") if is_contest else phrase("Minutes of the prize draw")
    sections = [
        general(minutes),
        course(minutes),
        tickets(minutes),
        drawing(made, minutes.claim, minutes.moment, program=minutes.program),
        prizes_and_tax(made),
        *winners_and_reserves(made),
        *what_became(made, minutes.redraws),
        *pick_log(made, minutes.claim),
        Section(heading=phrase("Incidents and objections"), empty_lines=3),
        afterwards(minutes),
        annexes(made, minutes.claim, minutes.redraws),
    ]
    return Document(
        name="protocol",
        title=title,
        under=phrase("{draw}", draw=made.kept.name),
        sections=sections,
        signatures=list(signatures(minutes)),
        note=NOT_ADVICE if made.rules.formalities.country else None,
    )


def general(minutes: Minutes) -> Section:
    """What was drawn, by whom, under which permit, where."""
    made = minutes.made
    said = made.rules.formalities
    facts = [
        Fact(label=phrase("Draw"), value=made.kept.name),
        Fact(label=phrase("Draw id"), value=made.kept.slug, exact=True),
        Fact(label=phrase("Organiser"), value=said.organiser or minutes.kept.get("program") or None),
        Fact(label=phrase("Country"), value=said.country or None),
        Fact(label=phrase("Permit"), value=said.permit or None),
        Fact(label=phrase("Notary"), value=said.notary or None),
        Fact(label=phrase("Legal basis"), value=legal_basis(made) or None),
        Fact(label=phrase("Where"), value=said.place or None),
    ]
    return Section(heading=phrase("The draw"), facts=facts)


def legal_basis(made: MadeDraw) -> str:
    """The laws that the table of the country names, each once."""
    rows = formalities(made.rules.formalities.country, made.purpose, made.day)
    laws = list(dict.fromkeys(row.source.split(";")[0] for row in rows if row.verified))
    return "; ".join(law for law in laws if not any(law != other and other.startswith(law) for other in laws))


def course(minutes: Minutes) -> Section:
    """What happened when."""
    made = minutes.made
    dates = Dates(first=made.rules.first_day, last=made.rules.last_day)
    return Section(heading=phrase("Course"), facts=[*before_the_draw(minutes, dates), *at_the_draw(minutes)])


def before_the_draw(minutes: Minutes, dates: Dates) -> Iterator[Fact]:
    """The announcement, the period and the close."""
    yield Fact(label=phrase("Period of sale"), value=dates)
    if minutes.opening:
        yield Fact(label=phrase("Announced"), value=minutes.moment(minutes.opening.opened_at))
    yield Fact(label=phrase("Closed"), value=minutes.moment(minutes.made.kept.closed_at))


def at_the_draw(minutes: Minutes) -> Iterator[Fact]:
    """When the draw was made, and until when the session lasted, which nobody but the commission knows."""
    yield Fact(label=phrase("Drawn"), value=minutes.moment(minutes.made.kept.run_at or ""))
    yield Fact(label=phrase("Session from"), value=None)
    yield Fact(label=phrase("Session until"), value=None)


def tickets(minutes: Minutes) -> Section:
    """How many took part, who was left out and why, what was struck out."""
    made = minutes.made
    is_contest = bool(made.rules.contest)
    facts = [] if is_contest else [Fact(label=phrase("Tickets"), value=made.kept.tickets)]
    facts.append(Fact(label=phrase("Entrants"), value=made.kept.entrants))
    facts += [
        Fact(label=phrase("Left out: {reason}", reason=reason_said(reason)), value=count)
        for reason, count in made.rules.excluded
    ]
    if not made.rules.excluded:
        facts.append(Fact(label=phrase("Left out"), value=0))
    if not is_contest:
        facts.append(Fact(label=phrase("Void tickets"), value=len(minutes.voids)))
    by_code: dict[str, list[str]] = {}
    for void in minutes.voids:
        by_code.setdefault(void.code, []).append(str(void.ticket))
    facts += [
        Fact(label=phrase("Void: {reason}", reason=code_said(code)), value=", ".join(numbers))
        for code, numbers in by_code.items()
    ]
    return Section(heading=phrase("Tickets and entrants"), facts=facts)


def afterwards(minutes: Minutes) -> Section:
    """Until when prizes are claimed, how results are announced, how long the papers are kept."""
    made = minutes.made
    facts = []
    results_on = made.rules.formalities.results_on
    last, span = made.rules.claim_until(made.day), made.rules.claim_within
    if last is not None:
        within = phrase("{day} ({span} after the draw)", day=OnDay(last), span=span)
        if results_on is not None and results_on > made.day:
            within = phrase("{day} ({span} after the results)", day=OnDay(last), span=span)
        facts.append(Fact(label=phrase("Prizes can be claimed until"), value=within))
    on = OnDay(results_on) if results_on is not None else None
    facts += [
        Fact(label=phrase("Results announced on"), value=on),
        Fact(label=phrase("Results announced where"), value=None),
        Fact(label=phrase("These minutes are kept until"), value=None),
    ]
    return Section(heading=phrase("After the draw"), facts=facts)


def signatures(minutes: Minutes) -> Iterator[Signature]:
    """A line for each member of the commission, the notary and the organiser."""
    said = minutes.made.rules.formalities
    for member in minutes.commission or ("", "", ""):
        yield Signature(role=phrase("Commission"), name=member)
    if said.notary:
        yield Signature(role=phrase("Notary"), name=said.notary)
    yield Signature(role=phrase("Observer"))
    yield Signature(role=phrase("For the organiser"), name=said.organiser)
