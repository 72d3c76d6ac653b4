"""`loyalty doctor`."""

from __future__ import annotations

from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.cli.troubles import tell_mistake


def command(shop: TheShop, show: Showing) -> None:
    """Look at everything that can be wrong: program, examples, layouts, folder, nights, database; and say what to do. Changes nothing."""
    import platform

    from loyalty_cli.cli.about_this import version
    from loyalty_cli.operations.shop.doctor import doctor
    from loyalty_cli.store.health import sqlite_release

    computer = {"loyalty": version(), "Python": platform.python_version(), "SQLite": sqlite_release(), "system": platform.platform()}
    outcome, problems = doctor(shop, computer)
    for problem in problems:
        tell_mistake(problem, show.look(outcome).language)
    show.result(outcome)
