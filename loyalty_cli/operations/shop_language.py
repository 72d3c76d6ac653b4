"""What a shop calls itself and which language it speaks: no rules, so they hold as soon as the program file says them."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shop_facts import shop_facts_from
from loyalty_cli.store.settings import kept_facts
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

# The file may have mistakes, and just then its language is needed; and a report need not pay for reading YAML.
VALUE = r"""(?:"([^"\\\n]+)"|'([^'\n]+)'|([^\s"'#&*!|>%@`{\[][^\n]*?))"""
LINE = re.compile(rf"^(program|language):[ \t]*{VALUE}[ \t]*(?:[ \t]#[^\n]*)?$", re.MULTILINE)
LONGEST_FILE = 1 << 20


def words_in_file(shop: Shop) -> dict[str, str]:
    """The name (`program`) and the `language`, as far as the file says them in one line."""
    with contextlib.suppress(OSError, UnicodeDecodeError), shop.program.open(encoding="utf-8-sig") as file:
        found = {name: "".join(texts).strip() for name, *texts in LINE.findall(file.read(LONGEST_FILE))}
        if not re.fullmatch("[a-z]{2}", found.get("language", "en")):
            del found["language"]
        return found
    return {}


def shop_facts(shop: Shop, connection: Connection) -> ShopFacts:
    """What whoever looks needs to know of the version in force, with the name and the language of the file."""
    words = settings(connection) | words_in_file(shop)
    if "country" not in words:
        # Imported here because only a database that an earlier release wrote does not keep the country.
        from loyalty_cli.countries.all_countries import country_of_zone

        words["country"] = country_of_zone(words.get("timezone", ""))
    return shop_facts_from(words)


def shop_language(shop: Shop) -> str:
    """Two letters, or nothing if neither the file nor the database says."""
    if language := words_in_file(shop).get("language"):
        return language
    with contextlib.suppress(LoyaltyError):
        if shop.database.is_file():
            with replace(shop, wait=0.0).reading() as connection:
                return kept_facts(connection).language
    return ""
