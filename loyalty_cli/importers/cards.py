"""Cards as an export writes them: numbers, or e-mail addresses and phone numbers in their place; spoiled ones are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loyalty_cli.importers.cells import SPREADSHEET_NUMBER
from loyalty_cli.model.check_digits import ean_holds
from loyalty_cli.model.check_digits import luhn_holds
from loyalty_cli.reading.forms.garbled import is_garbled

CardKind = Literal["number", "e-mail", "phone", "contact"]

LONGEST_CARD = 64
# A spreadsheet keeps fifteen digits of a number and writes noughts for the rest.
DIGITS_OF_SPREADSHEET = 15
# What spreadsheets and programs write where they have nothing to say.
SPREADSHEET_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#DIV/0!", "#NULL!")
NOTHING = frozenset({"null", "none", "nil", "nan", "n/a", "undefined", "(null)", "true", "false"})
SHORTEST_PHONE = 7
LONGEST_PHONE = 15
BETWEEN_DIGITS = str.maketrans("", "", " \u00a0\u202f-.()/'")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRule:
    """What a card must be; no lengths are any length. Phone numbers without a country get the prefix."""

    what: CardKind = "number"
    check: Literal["none", "ean", "luhn"] = "none"
    lengths: tuple[int, ...] = ()
    digits_only: bool = False
    country_prefix: str = ""


ANY_CARD = CardRule()


def card_number(text: str, rule: CardRule = ANY_CARD) -> str | None:
    """A card without blanks and a spreadsheet's apostrophe; '' if there is none, None if it can not be one."""
    if rule.what == "e-mail":
        return mail_address(text)
    if rule.what == "phone":
        return phone_number(text, rule.country_prefix)
    if rule.what == "contact":
        return contact(text, rule.country_prefix)
    plain = text.isascii() and text.isdigit() and len(text) <= DIGITS_OF_SPREADSHEET
    number = text if plain else bare("".join(text.split()))
    if not number:
        return ""
    if not plain and is_spoiled(number):
        return None
    return number if rule is ANY_CARD or keeps(number, rule) else None


def bare(text: str) -> str:
    """A card without what makes a spreadsheet leave its noughts alone: '0012 and ="0012"."""
    formula = text.startswith('="') and text.endswith('"')
    return text[2:-1] if formula else text.removeprefix("'")


def keeps(number: str, rule: CardRule) -> bool:
    """Whether a number keeps the shop's rule."""
    if (rule.lengths and len(number) not in rule.lengths) or (rule.digits_only and not number.isdigit()):
        return False
    if rule.check == "ean":
        return ean_holds(number)
    return rule.check == "none" or luhn_holds(number)


def is_spoiled(number: str) -> bool:
    """Whether a card's number was damaged on its way, or is none."""
    if len(number) > LONGEST_CARD or not number.isprintable() or is_garbled(number):
        return True
    if number.isdigit() and len(number) > DIGITS_OF_SPREADSHEET + 1 and not number[DIGITS_OF_SPREADSHEET:].strip("0"):
        return True
    if number.casefold() in NOTHING or number.upper().startswith(SPREADSHEET_ERRORS):
        return True
    return bool(SPREADSHEET_NUMBER.fullmatch(number)) or not any(letter.isalnum() for letter in number)


def mail_address(text: str) -> str | None:
    """An e-mail address in small letters, so that one person stays one member."""
    address = text.strip().removeprefix("'").casefold()
    if not address:
        return ""
    name, _, host = address.rpartition("@")
    good = name and "." in host.strip(".") and address.isprintable() and not any(map(str.isspace, address))
    good = good and not is_garbled(address)
    return address if good and len(address) <= 254 else None  # RFC 5321, 4.5.3.1.3 less the angle brackets


def phone_number(text: str, country_prefix: str = "") -> str | None:
    """A phone number as + and digits; without a country it gets the prefix, or stays as it is.

    >>> phone_number("0048 600-100-200"), phone_number("600 100 200", "+48")
    ('+48600100200', '+48600100200')
    """
    tight = text.strip().translate(BETWEEN_DIGITS)
    if not tight:
        return ""
    if tight.startswith("00"):
        tight = f"+{tight[2:]}"
    digits = tight.removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE):
        return None
    return tight if tight.startswith("+") else f"{country_prefix}{tight.removeprefix('0') if country_prefix else tight}"


def contact(text: str, country_prefix: str = "") -> str | None:
    """The e-mail address where a cell has one, perhaps beside a phone number; else the phone number."""
    words = text.replace(",", " ").replace(";", " ").split()
    addresses = [word for word in words if "@" in word]
    return mail_address(addresses[0]) if addresses else phone_number(" ".join(words), country_prefix)
