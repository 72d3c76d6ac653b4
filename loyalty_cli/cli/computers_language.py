"""What this computer calls its language and country, such as pl_PL."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def names_of_language(*variables: str) -> Iterator[str]:
    """What the environment says in some variables, the first one first; Windows sets none of them, and is asked itself."""
    yield from filter(None, map(os.environ.get, variables))
    if sys.platform == "win32":
        import ctypes
        import locale

        yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
