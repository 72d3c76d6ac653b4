"""The minutes of a draw, ready to be signed: what was announced, frozen, drawn and handed over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.papers.prizes import prizes_and_tax
from loyalty_cli.draws.papers.prizes import what_became
from loyalty_cli.draws.papers.prizes import winners_and_reserves
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.redraw import proof_name
from loyalty_cli.draws.reasons import code_said
from loyalty_cli.draws.reasons import reason_said
from loyalty_cli.model.days import Dates
from loyalty_cli.model.draw import NO_SECRET
from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Moment
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.document import Signature
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.draws.proof.claims import Claim
    from loyalty_cli.model.kept_draw import Opening
    from loyalty_cli.model.kept_draw import Redraw
    from loyalty_cli.model.kept_draw import Void
    from loyalty_cli.model.law import Formality
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shop_facts import ShopFacts

PICK_COLUMNS = (
    Column(name="pick", heading="Pick", kind="count"),
    Column(name="ticket", heading="Ticket", kind="count"),
    Column(name="pseudonym", heading="Number on the list", kind="code"),
    Column(name="result", heading="Result", kind="word"),
    Column(name="prize", heading="Prize"),
)
FILE_COLUMNS = (
    Column(name="file", heading="File"),
    Column(name="sha256", heading="SHA-256", kind="code"),
)
# Where a number can come from, for the catalogues.
SOURCES = (phrase("drand quicknet"), phrase("dice"), phrase("lottery"), phrase("external"))
SEED_LABELS = {"rfc3797": phrase("Key"), "external": phrase("Numbers drawn")}

NOT_ADVICE = phrase("What is said of law and tax are notes with their source and date, not advice.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Everything that the minutes are made from."""

    made: MadeDraw
    claim: Claim | None
    opening: Opening | None
    voids: Sequence[Void]
    redraws: Sequence[Redraw]
    shop: ShopFacts
    program: str
    commission: Sequence[str]
    law: Sequence[Formality]
    taxes: Mapping[str, TaxLine]

    @property
    def timezone(self) -> str:
        """The shop's time zone."""
        return self.shop.timezone

    def moment(self, instant: str) -> Moment:
        """An instant by the shop's clock."""
        return Moment(instant=instant, timezone=self.timezone)


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
        prizes_and_tax(made, minutes.taxes),
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
        Fact(label=phrase("Organiser"), value=said.organiser or minutes.shop.program or None),
        Fact(label=phrase("Country"), value=said.country or None),
        Fact(label=phrase("Permit"), value=said.permit or None),
        Fact(label=phrase("Notary"), value=said.notary or None),
        Fact(label=phrase("Legal basis"), value=legal_basis(minutes.law) or None),
        Fact(label=phrase("Where"), value=said.place or None),
    ]
    return Section(heading=phrase("The draw"), facts=facts)


def legal_basis(rows: Sequence[Formality]) -> str:
    """The laws that the table of the country names, each once."""
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
    facts += [Fact(label=phrase("Left out: {reason}", reason=reason_said(reason)), value=count) for reason, count in made.rules.excluded]
    if not made.rules.excluded:
        facts.append(Fact(label=phrase("Left out"), value=0))
    if not is_contest:
        facts.append(Fact(label=phrase("Void tickets"), value=len(minutes.voids)))
    by_code: dict[str, list[str]] = {}
    for void in minutes.voids:
        by_code.setdefault(void.code, []).append(str(void.ticket))
    facts += [Fact(label=phrase("Void: {reason}", reason=code_said(code)), value=", ".join(numbers)) for code, numbers in by_code.items()]
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


def drawing(made: MadeDraw, claim: Claim | None, moment: Callable[[str], Moment], *, program: str) -> Section:
    """The frozen files by their hashes, the method, the number and the seed."""
    facts = [
        Fact(label=phrase("SHA-256 of {file}", file=ENTRIES), value=made.kept.entries_sha256, exact=True),
        Fact(label=phrase("SHA-256 of {file}", file=VOID), value=made.kept.void_sha256, exact=True),
        Fact(label=phrase("SHA-256 of {file}", file=RULES), value=made.kept.rules_sha256, exact=True),
        Fact(label=phrase("Method"), value=phrase(made.rules.contest) if made.rules.contest else made.rules.method),
        Fact(label=phrase("Program"), value=program),
    ]
    if claim:
        facts += number_facts(made, claim, moment)
    return Section(heading=phrase("How it was drawn"), facts=facts)


def number_facts(made: MadeDraw, claim: Claim, moment: Callable[[str], Moment]) -> Iterator[Fact]:
    """Where the number came from, when it was public, and what follows from it."""
    source = made.rules.source
    yield Fact(label=phrase("Source of the number"), value=phrase(source.kind) if source.kind else None)
    named = round_of(claim.chance.public)
    if named is not None:
        yield Fact(label=phrase("Round"), value=str(named.number), exact=True)
        yield Fact(label=phrase("Public since"), value=moment(datetime.fromtimestamp(named.at, UTC).isoformat()))
    elif source.at:
        yield Fact(label=phrase("Announced for"), value=moment(source.at))
    yield Fact(label=phrase("Number"), value=claim.chance.public, exact=True)
    if claim.chance.signature:
        yield Fact(label=phrase("Its signature"), value=claim.chance.signature, exact=True)
    if claim.chance.secret != NO_SECRET:
        yield Fact(label=phrase("Secret committed to before"), value=claim.chance.secret, exact=True)
    yield Fact(label=SEED_LABELS.get(made.rules.method, phrase("Seed")), value=claim.seed, exact=True)


def pick_log(made: MadeDraw, claim: Claim | None) -> Sequence[Section]:
    """Every pick with what came of it."""
    if claim is None:
        return ()
    table = Table(
        name="picks",
        title=phrase("Every pick"),
        columns=PICK_COLUMNS,
        rows=[
            (number, ticket, entrant, result, prize or None)
            for number, ticket, entrant, result, prize in json.loads(made.kept.proof or "{}")["picks"]
        ],
        currency="",
    )
    return (Section(heading=phrase("Every pick"), table=table),)


def annexes(made: MadeDraw, claim: Claim | None, redraws: Sequence[Redraw]) -> Section:
    """The files that belong to the minutes, each by its hash."""
    if claim is None:
        hashes = {ENTRIES: made.kept.entries_sha256, VOID: made.kept.void_sha256, RULES: made.kept.rules_sha256}
    else:
        hashes = {**claim.files, PROOF: sha256_of(made.kept.proof or "")}
    hashes.update((proof_name(each.number), sha256_of(each.proof)) for each in redraws if each.proof)
    table = Table(name="annexes", title=phrase("Annexes"), columns=FILE_COLUMNS, rows=list(hashes.items()), currency="")
    return Section(heading=phrase("Annexes"), table=table)
