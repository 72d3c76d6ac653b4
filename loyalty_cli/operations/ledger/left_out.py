"""What a recalculation has to tell besides its figures: members left out, returns that fit no purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.ledger.links import new_returns
from loyalty_cli.store.members.records import known_as

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.ledger.run import Posted
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


# Where everybody fails for one reason, or a first load has returns that name no sale, a page of them helps nobody.
MOST_NAMED = 20


def left_out_said(connection: Connection, posted: Posted) -> list[Phrase]:
    """The members whose replay failed; the others got what is theirs."""
    said = [left_out(known_as(connection, failure.member), failure.error) for failure in posted.failed[:MOST_NAMED]]
    more = len(posted.failed) - len(said)
    if more:
        said.append(phrase("{count} more member was left out.", "{count} more members were left out.", count=more))
    return said


def left_out(what: str | Phrase, error: Exception) -> Phrase:
    """A member, a file or a coupon that was left out: by a reason that can be told, or by a mistake of ours."""
    if isinstance(error, LoyaltyError):
        return phrase("{what} was left out: {why} The others are done.", what=what, why=error.phrase)
    return phrase(
        "{member} was left out by a mistake of ours ({error}), the others are done. It is in loyalty-error.log; "
        "please send that file to the makers.",
        member=what,
        error=type(error).__name__,
    )


def mistakes_among(errors: Iterable[Exception]) -> list[Exception]:
    """Those that are ours, for the error log."""
    return [error for error in errors if not isinstance(error, LoyaltyError)]


def code_of(errors: Sequence[Exception]) -> ExitCode:
    """How a command ends that left something out: our own mistake comes before what can be told."""
    if mistakes_among(errors):
        return ExitCode.INTERNAL_ERROR
    told = [error.exit_code for error in errors if isinstance(error, LoyaltyError)]
    return told[0] if told else ExitCode.OK


def unfit_said(connection: Connection, posted: Posted, program: Program) -> list[Phrase]:
    """Returns that came in since the last recalculation and fit no purchase, or are more than theirs; the first ones singly."""
    told = new_returns(connection, [receipt for receipt, _ in posted.unfit])
    new = [(told[receipt], unfit) for receipt, unfit in posted.unfit if receipt in told]
    money = program.currency.money

    said = [
        phrase(
            "Return {number} of {store} is more than its purchase by {amount}; nothing was taken for that."
            if each.names_its_sale
            else "Return {number} of {store}: {amount} fit no purchase of the member and count on their own day.",
            number=each.number,
            store=each.store,
            amount=money(unfit),
        )
        for each, unfit in new[:MOST_NAMED]
    ]
    if more := new[MOST_NAMED:]:
        said.append(
            phrase(
                "{count} more return of this kind: {amount}.",
                "{count} more returns of this kind: {amount} in all.",
                count=len(more),
                amount=money(sum(unfit for _, unfit in more)),
            )
        )
    return said
