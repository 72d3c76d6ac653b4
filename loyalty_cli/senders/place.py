"""What a way out is given of the world: where files are put, the moment, the password, the members' country."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class Place(NamedTuple):
    """`put` makes a whole file of a name and its content in the way's folder, or raises LoyaltyError; it replaces one of that name."""

    put: Callable[[str, bytes], None]
    now: datetime
    password: str = ""
