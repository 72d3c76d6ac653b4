"""A list tried as its import would take it: by the program and by what the shop knows already. Nothing is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.trial import MOST_REASONS
from loyalty_cli.importers.inspecting.trial import Trial
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.imports.balances import balances_of
from loyalty_cli.operations.imports.balances import list_of_balances
from loyalty_cli.operations.imports.events import list_of_events
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.members import list_of_members
from loyalty_cli.operations.imports.redemptions import list_of_uses
from loyalty_cli.operations.imports.redemptions import uses_of_lists
from loyalty_cli.operations.in_force import program_file

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.judged import Inspected
    from loyalty_cli.operations.imports.lists import ListKind
    from loyalty_cli.operations.open_shop import Shop

# Of the other lists each row that can be read comes in.
REFUSED_BY_THE_SHOP = {"members", "balances", "events", "redemptions"}


def tried_in_the_shop(shop: Shop, seen: Inspected) -> Trial | None:
    """What the import of a list would do here, where the trial of the file alone has found nothing to stop it."""
    trial = seen.trial
    there = shop.program.exists() and shop.database.is_file()
    if trial is None or trial.kind not in REFUSED_BY_THE_SHOP or trial.refused is not None or not trial.whole or not there:
        return trial
    with tempfile.TemporaryDirectory(prefix="loyalty-") as home:
        draft = Path(home) / "draft.yaml"
        draft.write_text(seen.draft, encoding="utf-8")
        try:
            layout = None if seen.is_plain else str(draft)
            (result,) = import_lists(shop, [str(seen.path)], kind_of(shop, trial.kind), layout=layout, dry_run=True)
        except LoyaltyError as error:
            return Trial(kind=trial.kind, refused=error.phrase)
    counts = result.counts
    return Trial(
        kind=trial.kind,
        lines=counts.imported + counts.lines + counts.known,
        set_aside=counts.set_aside + result.told_before,
        reasons=[(row.line, row.reason) for row in result.reasons[:MOST_REASONS]],
        twice=trial.twice,
    )


def kind_of(shop: Shop, name: str) -> ListKind:
    """How a kind of list is kept in a shop."""
    match name:
        case "members":
            return list_of_members(shop, program_file(shop))
        case "events":
            return list_of_events(shop, program_file(shop))
        case "balances":
            return list_of_balances(balances_of(shop))
    return list_of_uses(uses_of_lists(shop))
