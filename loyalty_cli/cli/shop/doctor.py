"""`loyalty doctor`."""

from __future__ import annotations

from loyalty_cli.cli import streams
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing


def command(shop: TheShop, show: Showing) -> None:
    """Look at everything that can be wrong: program, examples, layouts, folder, nights, database; and say what to do. Changes nothing."""
    import platform

    from loyalty_cli.cli.about_this import version
    from loyalty_cli.operations.shop.doctor import doctor
    from loyalty_cli.store.health import sqlite_release

    computer = {"loyalty": version(), "Python": platform.python_version(), "SQLite": sqlite_release(), "system": platform.platform()}
    outcome, problems = doctor(shop, computer)
    if problems:
        from loyalty_cli.render.mistakes import mistake_lines

        language = show.look(outcome).language
        streams.complain("\n".join(line for problem in problems for line in mistake_lines(problem, language)))
    show.result(outcome)
