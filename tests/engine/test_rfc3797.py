"""RFC 3797 against its own example and drawings of the IETF; the vectors' file names the sources."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from loyalty_cli.engine.rfc3797 import digests
from loyalty_cli.engine.rfc3797 import key_of
from loyalty_cli.engine.rfc3797 import selected

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
