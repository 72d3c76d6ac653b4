"""The part of a draw's minutes that anybody can check: hashes, the number, the seed, every pick, the annexes."""

from __future__ import annotations

import json
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.redraw import proof_name
from loyalty_cli.model.draw import NO_SECRET
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.draws.proof.claims import Claim
    from loyalty_cli.model.kept_draw import Redraw
    from loyalty_cli.model.shown.document import Moment
    from loyalty_cli.operations.draws.places import MadeDraw

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
