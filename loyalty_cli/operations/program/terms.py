"""`loyalty program terms`: the program file as the terms that a shop hangs up, with its draws and a place for legal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.of_program import rules_from
from loyalty_cli.draws.papers.announcement import announcement
from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.program.terms import returns_of
from loyalty_cli.program.terms import sections_of
from loyalty_cli.rules.only_said import only_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program

# Filled in by hand, or with a pen.
LEGAL = (
    phrase("Organiser"),
    phrase("Address"),
    phrase("Registration number"),
    phrase("Telephone and e-mail"),
    phrase("Complaints are answered by"),
    phrase("Who is responsible for personal data"),
)


def program_terms(shop: Shop) -> tuple[Outcome, Document]:
    """The terms of the program as its file says now."""
    program = program_file(shop)
    sections = [*sections_of(program), *draws_of(program), returns_of(program)]
    if program.terms:
        said = [phrase("{text}", text=text) for text in program.terms]
        sections.append(Section(heading=phrase("Further terms"), sentences=said))
    sections.append(Section(heading=phrase("Who runs the program"), facts=[Fact(label=label, value=None) for label in LEGAL]))
    data = {"program": program.name, "sections": len(sections)}
    document = Document(
        name="terms", title=phrase("Terms of the loyalty program"), under=phrase("{name}", name=program.name), sections=sections
    )
    return Outcome(data=data, language=program.language), document


def draws_of(program: Program) -> Iterator[Section]:
    """The prize draws, each as it is announced: its name, then sentence by sentence."""
    for name, draw in program.draws.items():
        heading, *sentences = announcement(draw, rules_from(draw, program, name))
        yield Section(heading=heading, sentences=[*sentences, *only_said(draw.only)])
