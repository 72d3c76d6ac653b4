"""Discounts that never go together: the largest sets without such a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

# With more choices than 2 to the power of this, the first of a pair in the file holds.
MOST_CHOICES = 10


def apart(names: Sequence[str], never: Callable[[str, str], bool], depth: int = MOST_CHOICES) -> Iterator[list[str]]:
    """The largest sets without two that never go together; those with more of the file's first ones come first."""
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            if never(one, other):
                yield from apart([name for name in names if name != other], never, depth - 1)
                if depth > 0:
                    yield from apart([name for name in names if name != one], never, depth - 1)
                return
    yield list(names)
