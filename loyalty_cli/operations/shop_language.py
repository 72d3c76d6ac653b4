"""The language of a shop, for messages of commands that know no program: of the version in force, else of the file."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

# The file may have mistakes, and just then its language is needed; so it is not read as YAML.
LINE = re.compile(r"^language:[ \t]*['\"]?([a-z]{2})\b", re.MULTILINE)
LONGEST_FILE = 1 << 20


def shop_language(shop: Shop) -> str:
    """Two letters, or nothing if neither the database nor the file says."""
    with contextlib.suppress(LoyaltyError):
        if shop.database.is_file():
            with replace(shop, wait=0.0).reading() as connection:
                if kept := settings(connection).get("language"):
                    return kept
    with contextlib.suppress(OSError, UnicodeDecodeError), shop.program.open(encoding="utf-8") as file:
        if found := LINE.search(file.read(LONGEST_FILE)):
            return found.group(1)
    return ""
