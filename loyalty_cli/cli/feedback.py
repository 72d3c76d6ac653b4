"""`loyalty feedback`: what members say of the shop, and complaints until they are settled."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.by_hand.asked import WhoAsks
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day

app = Group()
complaint = Group()
app.add_typer(complaint, name="complaint", help="Complaints that members bring.")

Card = Annotated[str, typer.Argument(help="The card.", show_default=False)]
Case = Annotated[int, typer.Argument(help="The number of the case.", show_default=False)]


@app.command()
def add(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: Card,
    score: Annotated[int | None, typer.Argument(help="The score, on the program's scale.", show_default=False)] = None,
    text: Annotated[str, typer.Option("--text", help="What the member says.")] = "",
    store: Annotated[str | None, typer.Option("--store", help="The store it is about.")] = None,
    receipt: Annotated[str, typer.Option("--receipt", help="The receipt it is about. Default: the last purchase.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Enter what a member says at the counter; a low score opens a case if the program says so."""
    from loyalty_cli.operations.feedback.add import feedback_add
    from loyalty_cli.operations.feedback.add import Told

    show.result(feedback_add(shop, card, Told(score, text, store, receipt), asked, dry_run=dry_run))


@complaint.command("add")
def complaint_add(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    card: Card,
    text: Annotated[str, typer.Option("--text", help="What the member complains of.")] = "",
    until: Annotated[Day | None, day_option("--until", "Settle it by this day. Default: as the program says.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Open a case for a complaint."""
    from loyalty_cli.operations.feedback.add import complaint_add as add_complaint

    show.result(add_complaint(shop, card, text, asked, until=until, dry_run=dry_run))


@app.command()
def answer(
    asked: WhoAsks,
    shop: TheShop,
    show: Showing,
    case: Case,
    text: Annotated[str, typer.Option("--text", help="What the member is told.")] = "",
    give: Annotated[str, typer.Option("--give", help="What is given, such as 'coupon: sorry' or 'points: 100'.")] = "",
    settles: Annotated[bool, typer.Option("--settles", help="The case is settled by it.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Note what a member was told about a complaint, and give what was promised."""
    from loyalty_cli.operations.feedback.settle import feedback_answer
    from loyalty_cli.operations.feedback.settle import gift_said
    from loyalty_cli.operations.feedback.settle import Reply

    show.result(feedback_answer(shop, case, Reply(text, gift_said(give), settles), asked, dry_run=dry_run))


@app.command()
def close(asked: WhoAsks, shop: TheShop, show: Showing, case: Case, dry_run: DryRun = False) -> None:
    """A complaint is settled; --reason says how."""
    from loyalty_cli.operations.feedback.settle import feedback_close

    show.result(feedback_close(shop, case, asked, dry_run=dry_run))


@app.command("list")
def list_cases(
    shop: TheShop,
    show: Showing,
    everything: Annotated[bool, typer.Option("--all", help="Those that are settled, too.")] = False,
) -> None:
    """The complaints that are not settled, with their deadlines."""
    from loyalty_cli.operations.feedback.listed import feedback_list

    show.result(feedback_list(shop, everything=everything))


@app.command("show")
def show_case(shop: TheShop, show: Showing, case: Case) -> None:
    """What a member complained of, and what was done about it."""
    from loyalty_cli.operations.feedback.listed import feedback_show

    show.result(feedback_show(shop, case))
