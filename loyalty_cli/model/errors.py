"""Reasons to stop. The command line turns them into one message and an exit code; everything else is our mistake."""

from __future__ import annotations

from typing import NamedTuple
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.problem import Problem


class LoyaltyError(Exception):
    """The command can not go on; nothing was changed."""

    exit_code = ExitCode.USAGE

    def __init__(self, text: str, /, *, hint: Phrase | None = None, **values: object) -> None:
        self.phrase = Phrase(text, values)
        self.hint = hint
        super().__init__(str(self.phrase))

    @classmethod
    def of(cls, why: Phrase, *, hint: Phrase | None = None) -> Self:
        """The error whose reason was said already."""
        return cls(why.text, hint=hint, **why.values)

    def __reduce__(self) -> tuple[object, ...]:
        """As it can be told to another process: with all it knows, whatever it was made of."""
        return made_again, (type(self), self.args), self.__dict__


def made_again(kind: type[LoyaltyError], args: tuple[object, ...]) -> LoyaltyError:
    """An error of a kind before it knows anything."""
    return kind.__new__(kind, *args)


class Refused(LoyaltyError):
    """The program's rules or the state of things forbid it: the coupon is used, the balance is too low."""

    exit_code = ExitCode.REFUSED


class Obstacle(NamedTuple):
    """One of several things that stand in the way, and what to do about it."""

    what: Phrase
    hint: Phrase | None = None


class Hindered(Refused):
    """Several things stand in the way; all of them are told at once."""

    def __init__(self, text: str, obstacles: Sequence[Obstacle], /, *, hint: Phrase | None = None, **values: object) -> None:
        super().__init__(text, hint=hint, **values)
        self.obstacles = tuple(obstacles)
        self.args = (" ".join(map(str, (self.phrase, *(each.what for each in obstacles)))),)


class OutOfReach(LoyaltyError):
    """What messages go out by does not answer, or does not let us in; whatever is still to be sent stays where it is."""

    exit_code = ExitCode.REFUSED


class StoreTrouble(LoyaltyError):
    """The database is missing, locked, damaged, too new, full or read-only."""

    def __init__(self, exit_code: ExitCode, text: str, /, *, hint: Phrase | None = None, **values: object) -> None:
        super().__init__(text, hint=hint, **values)
        self.exit_code = exit_code


class Mistakes(LoyaltyError):
    """A file that people write has mistakes; all of them are listed."""

    exit_code = ExitCode.PROGRAM_HAS_MISTAKES

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("{file} has mistakes: {count}.", file=self.problems[0].file, count=len(self.problems))


class ExportRefused(LoyaltyError):
    """A till export is refused whole: it does not fit its layout, can not be read or is still being written."""

    exit_code = ExitCode.EXPORT_REFUSED

    def __init__(
        self,
        text: str,
        /,
        *,
        exit_code: ExitCode = ExitCode.EXPORT_REFUSED,
        hint: Phrase | None = None,
        **values: object,
    ) -> None:
        super().__init__(text, hint=hint, **values)
        self.exit_code = exit_code
