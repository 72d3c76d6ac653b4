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


def test_the_letters_that_make_it_long_are_told_once() -> None:
    assert length_of("Żółć i Żaba, à la carte").long_letters == ("Ż", "ó", "ł", "ć")
