"""`loyalty watch`: what the tills leave comes in while the shop is open, not only at night."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.recalc import anything_waits
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.night_import import import_what_is_new
from loyalty_cli.operations.shop.nightly import described

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

# What no later look would mend: a damaged database, or one of a newer release.
ENDS = {ExitCode.DAMAGED, ExitCode.NEWER_VERSION}


@dataclass(slots=True)
class Lookout:
    """Looks one after the other; `behind` says that something came in of which it is not worked out yet what follows.

    A new one does not know it: one before it may have been killed between the two.
    """

    behind: bool | None = None

    def look(self, shop: Shop) -> Outcome:
        """Bring in the files that are new, and work out what follows for whoever they concern; quiet where there are none.

        What goes wrong is told, and the next look tries again, as the next night would.
        """
        came = Outcome()
        try:
            program = program_file(shop)
            came = import_what_is_new(shop, program)
            if came.said:
                self.behind = True
            elif self.behind is None:
                self.behind = anything_waits(shop, program)
            if not self.behind:
                return came
            after = recalc(shop)
        except LoyaltyError as error:
            if error.exit_code in ENDS:
                raise
            return replace(came, warnings=[*came.warnings, *described(error)], exit_code=error.exit_code)
        except OSError as error:
            # A network drive that is away, a disk that is full just now.
            what = phrase("{file} could not be read or written: {why}.", file=str(error.filename or shop.folder), why=why_not(error))
            return replace(came, warnings=[*came.warnings, what], exit_code=ExitCode.NO_SPACE)
        self.behind = False
        code = came.exit_code or after.exit_code
        return replace(came, said=[*came.said, *after.said], warnings=[*came.warnings, *after.warnings], exit_code=code)
