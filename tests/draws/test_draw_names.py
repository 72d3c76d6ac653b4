"""Names that may be published."""

from __future__ import annotations

import pytest

from loyalty_cli.draws.names import draw_key
from loyalty_cli.draws.names import pseudonyms
from loyalty_cli.draws.names import salt
from loyalty_cli.draws.names import slug


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("spring draw", "spring-draw"),
        ("  Loteria Łódź 2027! ", "loteria-lodz-2027"),
        ("Tombolă de primăvară", "tombola-de-primavara"),
        ("a/b\\c:d", "a-b-c-d"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_name_becomes_a_folder_name(name: str, short: str) -> None:
    assert slug(name) == short


def test_names_in_other_letters_stay_apart() -> None:
    spring, autumn = slug("весенний розыгрыш"), slug("осенний розыгрыш")
    assert spring != autumn
    assert spring.startswith("draw-")
    assert slug("Розыгрыш 2027").startswith("2027-")


def test_a_pseudonym_differs_by_member_draw_and_shop() -> None:
    keys = [draw_key(b"shop", "spring"), draw_key(b"shop", "autumn"), draw_key(b"other", "spring")]
    names = {pseudonyms(key)(member) for key in keys for member in (1, 2, 11)}
    assert len(names) == 9
    assert {len(name) for name in names} == {20}
    assert len({salt(key, 1) for key in keys}) == 3
