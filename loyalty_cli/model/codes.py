"""Coupon codes: twelve letters from a keyed hash of the coupon's key, and a check letter.

The alphabet has no vowels and no letters or digits that look alike (Open Location Code's), so that no code spells a
word. The check letter catches every single wrong letter and every exchange of two neighbours: each letter is a
number of GF(4) and one of GF(5), and both weighted sums must be zero.
"""

from __future__ import annotations

from loyalty_cli.model.keyed_hash import keyed_hash

ALPHABET = "23456789CFGHJMPQRVWX"
LENGTH = 12

# Cyrillic letters that look like letters of the alphabet.
LOOK_ALIKES = str.maketrans({"С": "C", "Н": "H", "М": "M", "Р": "P", "Х": "X"})

# Multiplication in GF(4) by the powers of its generator, and the powers of 2 in GF(5).
TIMES_GENERATOR = (0, 2, 3, 1)


def code_of(secret: str, key: str, attempt: int = 0) -> str:
    """The code of a coupon's key, with its check letter; another attempt gives another code."""
    number = int.from_bytes(keyed_hash(bytes.fromhex(secret), f"coupon|{key}|{attempt}"), "big")
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    body = "".join(letters)
    return body + check_letter(body)


def check_letter(body: str) -> str:
    """The letter that makes both weighted sums zero; it stands last, with weight one."""
    four = five = 0
    for letter in body:
        number = ALPHABET.index(letter)
        # Horner's rule: each step multiplies all earlier letters by the generator once more.
        four = TIMES_GENERATOR[four ^ (number % 4)]
        five = (five + number // 4) * 2 % 5
    return ALPHABET[four + 4 * (-five % 5)]


def is_sound(code: str) -> bool:
    """Whether a code has only known letters and the right check letter."""
    return len(code) == LENGTH + 1 and all(letter in ALPHABET for letter in code) and check_letter(code[:-1]) == code[-1]


def typed(text: str) -> str:
    """What a person typed, as a code: upper case, no spaces or hyphens, Latin letters."""
    return "".join(text.split()).replace("-", "").upper().translate(LOOK_ALIKES)


def shown(code: str) -> str:
    """A code in groups, as it is printed: XXXX-XXXX-XXXXX."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"
