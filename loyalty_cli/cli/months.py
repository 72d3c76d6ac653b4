"""`loyalty month`: close a month for the books, and its pack for the accountant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.options import Yes
from loyalty_cli.cli.show import PageShowing
from loyalty_cli.cli.show import Showing

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome

app = Group()


@app.callback()
def about() -> None:
    """Close a month for the books, and make its pack for the accountant."""


@app.command()
def close(
    shop: TheShop,
    show: Showing,
    month: Annotated[
        str,
        typer.Argument(metavar="YYYY-MM", help="The month after the last closed one.", show_default=False),
    ] = "",
    through: Annotated[str, typer.Option("--through", metavar="YYYY-MM", help="Close every month through this one, in order.")] = "",
    without: Annotated[
        list[str] | None,
        typer.Option("--yes-without", metavar="STORE", help="Yes, close, though this store (or: all) has days without receipts."),
    ] = None,
    accept_open: Annotated[bool, typer.Option("--accept-open", help="Close although conflicts or rows set aside are open.")] = False,
    by: By = "",
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Close a month, or several; the entries are proven by a hash, and later facts are booked in the next open month.

    All that stands in the way is told at once. Days under closed: in program.yaml and public holidays of its country:
    are no missing days.
    """
    from loyalty_cli.cli.asking import ask_and_do
    from loyalty_cli.cli.dates_said import month_said
    from loyalty_cli.model.days import month_of
    from loyalty_cli.model.errors import LoyaltyError
    from loyalty_cli.model.shown.phrase import phrase
    from loyalty_cli.operations.months.close import month_close
    from loyalty_cli.operations.months.obstacles import Accepted

    if not month and not through:
        raise LoyaltyError("Which month?", hint=phrase("Write it as year and month: 2026-11"))
    named = [month_of(month_said(text)[0]) if text else "" for text in (month, through)]
    accepted = Accepted(without=tuple(without or ()), open_matters=accept_open)

    def do(dry: bool) -> Outcome:
        return month_close(shop, named[0], through=named[1], accepted=accepted, by=by, dry_run=dry)

    ask_and_do(do, show, yes=yes or bool(without), dry_run=dry_run)


@app.command()
def pack(
    shop: TheShop,
    show: Showing,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="The month.", show_default=False)],
) -> None:
    """All an accountant needs of a month in one workbook or page: what is owed, coupons, discounts, prizes, changes, ties.

    A closed month shows what it kept when it was closed, the same whenever it is made again.
    """
    from loyalty_cli.cli.dates_said import month_said
    from loyalty_cli.model.days import month_of
    from loyalty_cli.operations.months.pack import month_pack

    show.result(month_pack(shop, month_of(month_said(month)[0])))


@app.command()
def evidence(
    shop: TheShop,
    show: PageShowing,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="A closed month.", show_default=False)],
) -> None:
    """A closed month's pack with all entries until then, as a ZIP that an auditor checks without this program.

    The ZIP holds a script of 40 lines of Python that does the sums, the hashes and the chain of proofs again.
    """
    from loyalty_cli.cli.dates_said import month_said
    from loyalty_cli.cli.pages import put_page
    from loyalty_cli.model.days import month_of
    from loyalty_cli.operations.months.evidence import month_evidence

    named = month_of(month_said(month)[0])
    content, outcome = month_evidence(shop, named)
    put_page(outcome, content, show.output or Path(f"evidence-{named}.zip"), replace(show, output=None))
