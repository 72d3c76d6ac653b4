"""A sheet of paper to print: coupons or cards, each with a code that a till reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase

SheetKind = Literal["coupon", "card"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One coupon or card. `code` is what the till reads, `shown` how people read it; `worth` is set large.

    `title` is the owner's word for it, `lines` are its terms, `holder` whose it is.
    """

    code: str
    shown: str
    title: str = ""
    worth: Phrase | None = None
    lines: Sequence[Phrase] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that is printed, in order; `shop` stands on every label."""

    kind: SheetKind
    shop: str
    title: Phrase
    labels: Sequence[Label]
