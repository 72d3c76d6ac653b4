"""A header that names the zone of its times: the draft says so, and months come out right."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.receipts.zone_names import zone_in
from loyalty_cli.operations.imports.inspect_file import inspect_file
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("header", ["Created date (UTC)", "Created GMT", "CreatedOnUtc"])
def test_a_zone_that_the_header_names_stands_in_the_draft(tmp_path: Path, header: str) -> None:
    shop = shop_in(tmp_path)
    rows = [f"ch_{place},2026-05-31 22:{place}:00,{place}.00,k{place % 3}@example.pl" for place in range(10, 30)]
    file = export(shop, "web.csv", *rows, header=f"id,{header},Amount,Customer Email")
    data: Any = inspect_file(shop, file).data
    assert "timezone: UTC\n" in data["draft"]
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "st.yaml").write_text(data["draft"].replace("# receipt: id", "receipt: id"), encoding="utf-8")
    taken_in(shop, file, layout="st", store="Web")
    # 22:10 to 22:29 UTC on 31 May is 00:10 to 00:29 on 1 June in Warsaw, Julian day 2461193.
    assert asked(shop, "SELECT day, min(clock), max(clock), count(*) FROM receipt GROUP BY day") == [(2461193, 600, 1740, 20)]


def test_dates_that_name_their_own_offset_need_no_zone(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    rows = [f"{place},2026-05-31T22:{place}:00+02:00,{place}.00,k{place % 3}@example.pl" for place in range(10, 30)]
    data: Any = inspect_file(shop, export(shop, "web.csv", *rows, header="Receipt number,Date (UTC),Amount,Email")).data
    assert "timezone" not in data["draft"]


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Created date (UTC)", "UTC"),
        ("created_at GMT", "UTC"),
        ("Date (+01:00)", "Etc/GMT-1"),
        ("Date, UTC-3", "Etc/GMT+3"),
        ("Sold [Europe/Warsaw]", "Europe/Warsaw"),
        ("Дата (МСК)", "Europe/Moscow"),
        ("Date (Eastern Time (US & Canada))", "America/New_York"),
        ("Date (net)", None),
        ("Data sprzedaży 2026-03", None),
    ],
)
def test_headers_name_zones_in_many_ways(header: str, zone: str | None) -> None:
    assert zone_in(header) == zone
