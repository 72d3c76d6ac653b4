"""RFC 3797 against its own example and drawings of the IETF; the vectors' file names the sources."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from loyalty_cli.draws.methods.rfc3797 import digests
from loyalty_cli.draws.methods.rfc3797 import is_key
from loyalty_cli.draws.methods.rfc3797 import key_of
from loyalty_cli.draws.methods.rfc3797 import selected
from loyalty_cli.draws.methods.rfc3797 import with_extra

VECTORS = json.loads((Path(__file__).parent / "vectors" / "draw_vectors.json").read_text(encoding="utf-8"))
DRAWS = VECTORS["rfc3797"]["draws"]


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: str(draw["source"]))
def test_digests_and_selection_are_the_published_ones(draw: dict[str, Any]) -> None:
    count = len(draw["selected"])
    assert list(islice(digests(draw["key"]), count)) == draw["digests"]
    assert list(islice(selected(draw["key"], draw["pool"]), count)) == draw["selected"]


def test_the_key_of_the_example_is_made_from_its_sources() -> None:
    sources = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]
    assert key_of(sources) == "9319./2.5.8.10.12./9.18.26.34.41.45./" == DRAWS[0]["key"]


def test_everybody_is_selected_once_and_an_empty_pool_is_refused() -> None:
    assert sorted(selected("1./", 300)) == list(range(1, 301))
    with pytest.raises(ValueError, match="0"):
        next(selected("1./", 0))


@pytest.mark.parametrize(
    ("published", "key"),
    [
        # RFC 3797 section 6, the second lottery as it was published: unsorted.
        (["9319", "2, 5, 12, 8, 10", "9, 18, 26, 34, 41, 45"], "9319./2.5.8.10.12./9.18.26.34.41.45./"),
        # NomCom 2013: 08285182 is a whole number; as text it would give 35, 4, 102 instead of 138, 151, 89.
        (
            ["25 7 46 19 11 17 8", "08285182", "60115701", "33 2 18 26 42 3 32"],
            "7.8.11.17.19.25.46./8285182./60115701./2.3.18.26.32.33.42./",
        ),
        (["007 7 0"], "0.7.7./"),
    ],
)
def test_whole_numbers_lose_leading_zeros_and_ascend(published: list[str], key: str) -> None:
    assert key_of(published) == key


@pytest.mark.parametrize(
    ("published", "key"),
    [
        # Readings keep their order; 4.2370 is 4.237, 05.10 is 5.1, 3.00 is 3. and a whole number among them 7.
        (["4.2370 05.10"], "4.2375.1/"),
        (["3.00 1.5"], "3.1.5/"),
        (["7 1.50", "3 2 1"], "7.1.5/1.2.3./"),
    ],
)
def test_readings_keep_their_order_and_lose_trailing_zeros(published: list[str], key: str) -> None:
    assert key_of(published) == key


@pytest.mark.parametrize("text", ["", "x", "1,2,a", "-5", "1e5", "²", "1.2.3"])
def test_what_has_no_numbers_is_no_source(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        key_of([text])


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: str(draw["source"]))
def test_every_key_is_known_as_one(draw: dict[str, Any]) -> None:
    assert is_key(draw["key"])


@pytest.mark.parametrize("text", ["", "dice 4261", "1.2.3", "drand 52db 1 ff", "1.2./ 3./", "external 1 2"])
def test_another_public_line_is_no_key(text: str) -> None:
    assert not is_key(text)


def test_a_code_is_put_behind_the_key() -> None:
    assert with_extra("1.2./", "5f") == "1.2./5f./"
    assert is_key("1.2./5f./")
