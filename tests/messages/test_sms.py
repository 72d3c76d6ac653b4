"""Parts of a text message, at the bounds of 3GPP TS 23.038 and 23.040, worked by hand."""

from __future__ import annotations

import pytest

from loyalty_cli.messages.sms import length_of


@pytest.mark.parametrize(
    ("text", "parts", "used", "alphabet"),
    [
        ("", 0, 0, "GSM 7"),
        ("a" * 160, 1, 160, "GSM 7"),
        ("a" * 161, 2, 161, "GSM 7"),  # 153 + 8
        ("a" * 306, 2, 306, "GSM 7"),  # 2 x 153
        ("a" * 307, 3, 307, "GSM 7"),
        ("€" * 80, 1, 160, "GSM 7"),  # two places each
        ("€" * 81, 2, 162, "GSM 7"),
        # 152 + € does not fit into 153, so the € goes to the second part: 152, then 2 x 76 = 152, then 1.
        ("a" * 152 + "€" * 77, 3, 306, "GSM 7"),
        ("a" * 153 + "€" * 76, 2, 305, "GSM 7"),
        ("ą" + "a" * 69, 1, 70, "UCS-2"),
        ("ą" + "a" * 70, 2, 71, "UCS-2"),
        ("ą" + "a" * 133, 2, 134, "UCS-2"),  # 2 x 67
        ("ą" + "a" * 134, 3, 135, "UCS-2"),
        ("Привет" * 11, 1, 66, "UCS-2"),
        ("😀" * 35, 1, 70, "UCS-2"),  # two units each
        ("😀" * 36, 2, 72, "UCS-2"),  # 33 letters of two units in 67, then 3
        ("😀" * 67, 3, 134, "UCS-2"),  # 33 + 33 + 1: no letter is cut
        ("àèéìòùÇØÅ£¥§¿¡ñÑäöüÄÖÜß", 1, 23, "GSM 7"),
        ("ț", 1, 1, "UCS-2"),
    ],
)
def test_a_text_has_so_many_parts(text: str, parts: int, used: int, alphabet: str) -> None:
    found = length_of(text)
    assert (found.parts, found.used, found.alphabet) == (parts, used, alphabet)


FLAG, RAINBOW = "\U0001f1ee\U0001f1f9", "\U0001f3f3\ufe0f\U0001f308"
# The 44 cases that Twilio publishes with its segment calculator: how many parts, and whether a letter is of the short alphabet.
PUBLISHED = [
    *[("1" * 160, 1, "GSM 7"), ("1" * 161, 2, "GSM 7"), ("1" * 307, 3, "GSM 7")],  # 2 x 153 = 306
    # A picture takes two units: 2 + 68 = 70, 2 + 69 = 71, 2 + 133 = 135 (2 x 67 = 134).
    *[("😜" + "1" * 68, 1, "UCS-2"), ("😜" + "1" * 69, 2, "UCS-2"), ("😜" + "1" * 133, 3, "UCS-2")],
    # A flag is two letters of two units: 4 + 66 = 70, 4 + 67 = 71. White flag, a mark of one unit and a rainbow: 5 + 1 + 64 = 70.
    *[(FLAG + "1" * 66, 1, "UCS-2"), (FLAG + "1" * 67, 2, "UCS-2")],
    *[(RAINBOW + "1" * 65, 1, "UCS-2"), (RAINBOW + "1" * 66, 2, "UCS-2")],
    # Each of the extension table takes two: 2 + 158 = 160, 2 + 159 = 161.
    *[(sign + "1" * ones, parts, "GSM 7") for sign in "|^€{}[]~\\" for ones, parts in ((158, 1), (159, 2))],
    # Letters that look as if they were of the short alphabet, and are not.
    *[(letter * count, parts, "UCS-2") for letter in "ÁÚúçíÍóÓ" for count, parts in ((70, 1), (71, 2))],
]


@pytest.mark.parametrize(("text", "parts", "alphabet"), PUBLISHED)
def test_the_published_cases_have_so_many_parts(text: str, parts: int, alphabet: str) -> None:
    found = length_of(text)
    assert (found.parts, found.alphabet) == (parts, alphabet)


def test_there_are_as_many_published_cases_as_were_published() -> None:
    assert len(PUBLISHED) == 44


def test_brackets_take_one_place_where_the_text_is_not_of_the_short_alphabet() -> None:
    assert [length_of("😀" + "]" * count).parts for count in (68, 69)] == [1, 2]
    # Three accents upon one letter are three letters more: 4 + 66 = 70.
    assert [length_of("e\u0301\u0301\u0301" + "a" * count).parts for count in (66, 67)] == [1, 2]


def test_the_letters_that_make_it_long_are_told_once() -> None:
    assert length_of("Żółć i Żaba, à la carte").long_letters == ("Ż", "ó", "ł", "ć")
