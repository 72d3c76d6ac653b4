"""`loyalty report NAME`: look at the shop, on the screen or as a file for a spreadsheet or a script."""

from __future__ import annotations

from typing import Annotated

import typer

from loyalty_cli.cli.dates_said import span_said
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import LongShowing
from loyalty_cli.model.days import Day
from loyalty_cli.reports.all_reports import ALL_REPORTS


def matching(incomplete: str) -> list[tuple[str, str]]:
    """The reports a shell may complete, with their one line."""
    return [(name, line) for name, (_, line) in ALL_REPORTS.items() if name.startswith(incomplete)]


# So many members are replayed in about a second.
MANY = 5000
Name = Annotated[
    str, typer.Argument(metavar="NAME", autocompletion=matching, help="Which report. Without a name they are listed.", show_default=False)
]
About = Annotated[
    str,
    typer.Argument(
        metavar="[ABOUT]",
        help="uplift, control: which rule; control: or whose card; segment-members: which segment.",
        show_default=False,
    ),
]
Month = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Only this month.")]
First = Annotated[Day | None, day_option("--from", "From this day on.")]
Last = Annotated[Day | None, day_option("--to", "Until this day, included.")]
AsOf = Annotated[Day | None, day_option("--as-of", "As it was at the end of this day.")]
Stores = Annotated[list[str] | None, typer.Option("--store", metavar="NAME", help="Only this store; may be given again.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Only the first N rows.")]
Within = Annotated[
    int | None,
    typer.Option("--within", metavar="PERCENT", min=1, max=100, help="near-tier: how near. Default: 20."),
]
Days = Annotated[
    int | None,
    typer.Option("--days", metavar="N", min=0, help="expiring, lapsing-coupons, birthdays, active: how many days ahead. Default: 30."),
]
Draw = Annotated[str | None, typer.Option("--draw", metavar="NAME", help="draw: which one. Default: the last.")]
Spreadsheet = Annotated[
    bool,
    typer.Option(
        "--for-spreadsheet",
        help="CSV as Excel and LibreOffice expect it in the report's language; no text is taken for a formula.",
    ),
]


def say_that_it_takes_long(members: int) -> None:
    """How everybody stood on another day is worked out first; of many members that takes seconds."""
    if members < MANY:
        return
    from loyalty_cli.cli import streams
    from loyalty_cli.cli.language_spoken import spoken_here
    from loyalty_cli.model.shown.phrase import phrase
    from loyalty_cli.render.words import say

    working = phrase(
        "Working out how {count} member stood on that day.",
        "Working out how {count} members stood on that day.",
        count=members,
    )
    streams.complain(say(working, spoken_here()))


def command(
    shop: TheShop,
    show: LongShowing,
    name: Name = "",
    about: About = "",
    month: Month = None,
    first: First = None,
    last: Last = None,
    as_of: AsOf = None,
    stores: Stores = None,
    limit: Limit = None,
    within: Within = None,
    days: Days = None,
    draw: Draw = None,
    for_spreadsheet: Spreadsheet = False,
) -> None:
    """Look: members, tiers, points, coupons, turnover and more.

    Without a name: the list of reports.
    """
    from loyalty_cli.operations.report import list_of_reports
    from loyalty_cli.operations.report import report
    from loyalty_cli.operations.report import Wanted

    if not name:
        show.result(list_of_reports())
    start, end = span_said(month, first, last)
    wanted = Wanted(
        first=start,
        last=end,
        as_of=as_of,
        stores=stores or (),
        limit=limit,
        within=within,
        days=days,
        draw=draw,
        about=about,
    )
    show.result(report(shop, name, wanted, begun=say_that_it_takes_long), for_spreadsheet=for_spreadsheet)
