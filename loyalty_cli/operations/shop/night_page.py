"""The page of numbers and pictures that a night leaves beside the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render import html
from loyalty_cli.render.look import Look
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program

PAGE = "dashboard.html"


def write_dashboard(shop: Shop, program: Program) -> Outcome:
    """Write dashboard.html in the shop's folder, in the program's language; the old one stays until the new one is whole."""
    outcome = report(shop, "dashboard", Wanted())
    look = Look(language=program.language, shop=program.name, made_at=shop.now)
    write_file(shop.folder / PAGE, html.render(outcome, look))
    return Outcome(data={"file": PAGE}, quiet=True)
