"""Names that Windows keeps for devices: no file or folder can be called so, whatever follows after a point."""

from __future__ import annotations

import re

DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\.|$)", re.IGNORECASE)


def is_device(name: str) -> bool:
    """Whether a file's name is one of them.

    >>> is_device("aux"), is_device("con.csv"), is_device("console")
    (True, True, False)
    """
    return DEVICE.match(name) is not None
