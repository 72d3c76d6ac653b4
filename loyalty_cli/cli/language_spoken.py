"""Which language a command speaks: the one asked for, LOYALTY_LANG, the shop's, the computer's."""

from __future__ import annotations

import contextlib
import os
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING

from loyalty_cli.cli.computers_language import names_of_language
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.render.words import is_spoken
from loyalty_cli.render.words import language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.operations.open_shop import Shop

# The shop this command is about: an error that stops it knows nothing of shops, and is said in its language too.
at_hand: list[Shop] = []
# How the shop of this folder is found where no command has said which it is; `main` says it.
finders: list[Callable[[], Shop]] = []


def remember(shop: Shop) -> Shop:
    """From here on the command speaks the language of this shop."""
    at_hand[:] = [shop]
    return shop


def find_the_shop() -> None:
    """Remember the shop of this folder, where no command has named one."""
    if not at_hand:
        for find in finders:
            # Trouble with finding it is told by who needs the shop.
            with contextlib.suppress(LoyaltyError):
                find()


def spoken_here(known: str = "") -> str:
    """What `--lang` says, LOYALTY_LANG if it is set, else the shop's language (`known`), else the system's."""
    if (asked := typed_language()) and is_spoken(asked):
        return language_of(asked)
    if wish := os.environ.get("LOYALTY_LANG"):
        return language_of(wish)
    if known or (known := language_at_hand()):
        return language_of(known)
    return language_of(next(names_of_language("LC_ALL", "LC_MESSAGES", "LANG"), ""))


def typed_language() -> str:
    """What stands behind `--lang`: help and mistakes are said before any command knows its options."""
    for word, following in zip_longest(sys.argv[1:], sys.argv[2:], fillvalue=""):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""


def language_at_hand() -> str:
    """What the shop's database or program file says."""
    if not at_hand:
        return ""
    from loyalty_cli.operations.shop_language import shop_language

    return shop_language(at_hand[0])


def name_at_hand() -> str:
    """What the shop's program file calls it."""
    if not at_hand:
        return ""
    from loyalty_cli.operations.shop_language import words_in_file

    return words_in_file(at_hand[0]).get("program", "")
