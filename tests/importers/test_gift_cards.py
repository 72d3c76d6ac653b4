"""Gift cards and other rows that do not count, in receipts whose total may hold their money."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.importers.gift_cards import GiftCards
from loyalty_cli.importers.gift_cards import KNOWN_NAMES
from loyalty_cli.importers.inspecting.judged import looked_at
from loyalty_cli.importers.overlooked_gift_cards import STEMS
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.importers.tills.shopify_orders import TILL
from loyalty_cli.model.errors import ExportRefused
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

SHOPIFY = (
    "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount"
)
TOTALS = "SELECT number, total, returned FROM receipt WHERE gone = 0 ORDER BY number"


MIXED = {"Gift Card - 100": "100.00", "Tea": "40.00"}


def orders(shop: Shop, *orders: tuple[str, str, dict[str, str]], layout: str = "") -> dict[str, Any]:
    """Import orders: number, total, and the price of each article."""
    rows = []
    for number, total, goods in orders:
        for place, (name, price) in enumerate(goods.items()):
            once = ["paid", "PLN", total] if not place else ["", "", ""]
            rows.append(",".join([number, "a@example.pl", *once, "2026-03-01 10:00:00 +0100", "1", name, price, "", ""]))
    if layout:
        (shop.folder / "layouts").mkdir()
        (shop.folder / "layouts" / "web.yaml").write_text(f"like: shopify-orders\n{layout}\n", encoding="utf-8")
    return taken_in(shop, export(shop, "a.csv", *rows, header=SHOPIFY), store="Web", layout="web" if layout else None)


def test_a_gift_card_sold_is_no_turnover_and_what_it_pays_is(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = orders(
        shop,
        ("#1", "100.00", {"Gift Card - 100": "100.00"}),
        ("#2", "100.00", {"Tea": "100.00"}),
        # 160.00 less the card of 100.00 leaves 60.00 for the tea.
        ("#3", "160.00", {"Gift Card - 100": "100.00", "Tea": "60.00"}),
        # 150.00 - 100.00 = 50.00: the order's discount of 10.00 lies on the tea.
        ("#4", "150.00", {"Tea": "60.00", "Gift Card - 100": "100.00"}),
        # The total speaks of the tea alone.
        ("#5", "60.00", {"Tea": "60.00", "Gift Card - 100": "100.00"}),
    )
    assert asked(shop, TOTALS) == [("#2", 10000, 0), ("#3", 6000, 0), ("#4", 5000, 0), ("#5", 6000, 0)]
    assert (figures["gift_cards"], figures["gift_card_money"], figures["ignored"]) == (4, "400.00", 4)


def test_what_can_not_be_told_apart_is_set_aside(tmp_path: Path) -> None:
    # 65.00 is less than the card alone: whether it is part of that can not be told.
    figures = orders(shop_in(tmp_path), ("#1", "65.00", {"Gift Card - 100": "100.00", "Tea": "60.00"}))
    assert [row["reason"] for row in figures["set_aside_rows"]] == [
        "total: rows of this receipt are left out, and how much of '65.00' is theirs can not be told"
    ]


def test_the_owner_can_say_otherwise(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = orders(shop, ("#1", "100.00", {"Gift Card - 100": "100.00"}), layout="gift_cards: no")
    assert (asked(shop, TOTALS), figures["gift_cards"]) == ([("#1", 10000, 0)], 0)


def test_the_owner_can_name_gift_cards(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    goods = {"Przedpłata 50": "50.00", "Tea": "60.00", "Gift Card": "10.00"}
    figures = orders(shop, ("#1", "120.00", goods), layout="gift_cards: [Przedpłata *]")
    # 120.00 - 50.00 = 70.00: the usual names are not meant then.
    assert asked(shop, TOTALS) == [("#1", 7000, 0)]
    assert figures["gift_cards"] == 1


@pytest.mark.parametrize("first", [True, False])
def test_an_ignored_row_takes_its_money_off_the_total(tmp_path: Path, first: bool) -> None:
    shop = shop_in(tmp_path)
    goods = {"Delivery": "15.00", "Tea": "60.00"} if first else {"Tea": "60.00", "Delivery": "15.00"}
    orders(shop, ("#1", "75.00", goods), layout="ignore: {Lineitem name: [Delivery]}")
    assert asked(shop, TOTALS) == [("#1", 6000, 0)]


def test_a_total_on_an_ignored_row_alone_is_not_lost(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (shop.folder / "layouts").mkdir()
    columns = "columns: {receipt: no, date: day, product: item, amount: paid, total: all}\n"
    layout = f"date_form: YYYY-MM-DD\nignore: {{item: [Deposit]}}\n{columns}"
    (shop.folder / "layouts" / "own.yaml").write_text(layout, encoding="utf-8")
    rows = ("1,2026-03-01,Deposit,2.00,12.00", "1,2026-03-01,Tea,10.00,", "2,2026-03-02,Deposit,-2.00,-12.00", "2,2026-03-02,Tea,-10.00,")
    figures = taken_in(shop, export(shop, "b.csv", *rows, header="no,day,item,paid,all"), store="S", layout="own")
    # 12.00 - 2.00 = 10.00, and the same back
    assert (asked(shop, TOTALS), figures["set_aside"]) == ([("1", 1000, 0), ("2", -1000, 1000)], 0)


def test_goods_packed_with_a_gift_card_in_one_row_are_set_aside(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "Date,Order #,Status,Customer,Product(s),Items sold,Net Sales"
    rows = (
        '2026-03-05 10:00:00,1,Completed,Ala,"1x Gift Card, 1x Mug",2,120.00',
        "2026-03-05 10:00:00,2,Completed,Ala,1x Gift Card,1,100.00",
        '2026-03-05 10:00:00,3,Completed,Ala,"1x Mug, 2x Tea",3,40.00',
    )
    figures = taken_in(shop, export(shop, "c.csv", *rows, header=header), store="Web")
    assert asked(shop, TOTALS) == [("3", 4000, 0)]
    assert (figures["gift_cards"], [row["line"] for row in figures["set_aside_rows"]]) == (1, [2])


def test_what_loyverse_packs_into_one_cell_is_known_by_weight_and_by_piece(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "Date,Receipt number,Receipt type,Net sales,Total collected,Description,Status"
    packed = (
        (100, "1 x Gift card"),
        (100, "1.000 X Gift card"),
        (150, "1 x Gift card 100, 0.350 x Cheese"),
        (150, "0.350 x Cheese, 1 x Gift card (100)"),
        (300, "1 x Gift card, 2 x Gift card 100"),
        (40, "1 x Tea, 0.5 x Cheese"),
        (20, "1 x Gift card holder"),
    )
    rows = [f'7/28/26 1:0{place} PM,1-{place},Sale,{net},{net},"{goods}",Closed' for place, (net, goods) in enumerate(packed)]
    figures = taken_in(shop, export(shop, "l.csv", *rows, header=header), store="Café")
    assert asked(shop, TOTALS) == [("1-5", 4000, 0), ("1-6", 2000, 0)]
    # 100 + 100 + 300; those of 150 with cheese wait.
    assert (figures["gift_cards"], figures["gift_card_money"]) == (3, "500.00")
    assert [row["line"] for row in figures["set_aside_rows"]] == [4, 5]


def test_an_order_not_paid_yet_sold_no_gift_card(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    row = "#1,a@example.pl,pending,PLN,100.00,2026-03-01 10:00:00 +0100,1,Gift Card - 100,100.00,,"
    figures = taken_in(shop, export(shop, "a.csv", row, header=SHOPIFY), store="Web")
    assert (figures["gift_cards"], figures["ignored"], figures["imported"]) == (0, 1, 0)


def test_a_mixed_order_that_is_paid_back_gives_no_more_than_it_booked(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    orders(shop, ("#1", "160.00", {"Gift Card - 100": "100.00", "Tea": "60.00"}))
    text = (tmp_path / "a.csv").read_text(encoding="utf-8").replace(",100.00,,", ",100.00,,160.00")
    (tmp_path / "b.csv").write_text(text, encoding="utf-8", newline="")
    taken_in(shop, str(tmp_path / "b.csv"), store="Web")
    assert asked(shop, "SELECT sum(total), sum(returned) FROM receipt WHERE gone = 0") == [(0, 6000)]


@pytest.mark.parametrize("back", ["30.00", "100.00", "139.99"])
def test_whose_money_was_paid_back_of_a_mixed_order_is_asked(tmp_path: Path, back: str) -> None:
    # Of 100.00 for the card and 40.00 for the tea: up to 100.00 may be the card's, 139.99 leave a grosz of one or the other.
    shop = shop_in(tmp_path)
    orders(shop, ("#1", "140.00", MIXED))
    paid_back = export(shop, "b.csv", *paid_back_rows(tmp_path / "a.csv", back), header=SHOPIFY)
    figures = taken_in(shop, paid_back, store="Web")
    assert [row["reason"] for row in figures["set_aside_rows"]] == [
        f"refunded: rows of this receipt are left out, and how much of '{back}' is theirs can not be told"
    ]
    assert asked(shop, TOTALS) == [("#1", 4000, 0)]


def test_a_mixed_order_that_was_paid_back_whole_needs_no_question(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    orders(shop, ("#1", "140.00", MIXED))
    taken_in(shop, export(shop, "b.csv", *paid_back_rows(tmp_path / "a.csv", "140.00"), header=SHOPIFY), store="Web")
    # 40.00 were booked, and 40.00 go back.
    assert asked(shop, "SELECT sum(total), sum(returned) FROM receipt WHERE gone = 0") == [(0, 4000)]


@pytest.mark.parametrize("goods", [MIXED, dict(reversed(MIXED.items()))])
def test_who_mends_a_mixed_order_has_its_gift_card_beside_it(tmp_path: Path, goods: dict[str, str]) -> None:
    shop = shop_in(tmp_path)
    orders(shop, ("#1", "140.00", goods), ("#2", "10.00", {"Tea": "10.00"}))
    rows = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[1:]
    bad = [row.replace("2026-03-01", "2026-13-01") for row in rows if row.startswith("#1,")]
    other = shop_in(tmp_path / "other")
    figures = taken_in(other, export(other, "a.csv", rows[-1], *bad, header=SHOPIFY), store="Web")
    assert [row["line"] for row in figures["set_aside_rows"]] == [3 + list(goods).index("Tea")]
    mended = Path(figures["set_aside_file"])
    mended.write_bytes(mended.read_bytes().replace(b"2026-13-01 ", b"2026-03-01 "))
    taken_in(other, str(mended))
    # Of 140.00 the card's 100.00 are no turnover: the same as of the file that was right at once.
    assert asked(other, TOTALS) == asked(shop, TOTALS) == [("#1", 4000, 0), ("#2", 1000, 0)]


@pytest.mark.parametrize("goods", [MIXED, dict(reversed(MIXED.items()))])
def test_a_gift_card_of_an_order_that_waits_is_counted_once_it_is_mended(tmp_path: Path, goods: dict[str, str]) -> None:
    shop = shop_in(tmp_path)
    figures = orders(shop, ("#1", "140.oo", goods), ("#2", "50.00", {"Gift Card - 50": "50.00"}), ("#3", "10.00", {"Tea": "10.00"}))
    # Of three orders one waits with its card of 100.00; the card of 50.00 is sold.
    assert (figures["gift_cards"], figures["gift_card_money"], figures["set_aside"]) == (1, "50.00", 1)
    mended = Path(figures["set_aside_file"])
    mended.write_bytes(mended.read_bytes().replace(b"140.oo", b"140.00"))
    figures = taken_in(shop, str(mended))
    assert (figures["gift_cards"], figures["gift_card_money"], figures["imported"]) == (1, "100.00", 1)
    assert asked(shop, TOTALS) == [("#1", 4000, 0), ("#3", 1000, 0)]


def test_a_cancelled_order_sold_no_gift_card(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    once = "paid,PLN,{},2026-03-01 10:00:00 +0100,1"
    rows = (
        f"#1,a@example.pl,{once.format('100.00')},Gift Card - 100,100.00,,,2026-03-02 10:00:00 +0100",
        f"#2,a@example.pl,{once.format('90.00')},Gift Card - 50,50.00,,,2026-03-02 10:00:00 +0100",
        "#2,a@example.pl,,,,2026-03-01 10:00:00 +0100,1,Tea,40.00,,,",
        f"#3,a@example.pl,{once.format('20.00')},Gift Card - 20,20.00,,,",
    )
    figures = taken_in(shop, export(shop, "a.csv", *rows, header=f"{SHOPIFY},Cancelled at"), store="Web")
    assert (figures["gift_cards"], figures["gift_card_money"]) == (1, "20.00")
    assert asked(shop, TOTALS) == []


PLAIN = "receipt,date,card,product,product_name,quantity,amount"
PLAIN_ROWS = (
    "1,2026-03-01 10:00:00,9001,K1,Karta podarunkowa 100,1,100.00",
    "2,2026-03-01 11:00:00,9001,T,Tea,1,40.00",
    "2,2026-03-01 11:00:00,9001,GIFTCARD,,1,50.00",
    "3,2026-03-01 12:00:00,9002,T,Tea for gift card holders,2,80.00",
)


def test_whether_gift_cards_count_is_asked_where_no_layout_was_named(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    path = export(shop, "a.csv", *PLAIN_ROWS, header=PLAIN)
    with pytest.raises(ExportRefused) as caught:
        taken_in(shop, path, store="S")
    # 100.00 + 50.00, the first by its name and the second by its code.
    assert "Karta podarunkowa 100, GIFTCARD; 150.00" in str(caught.value).replace("\u00a0", " ")
    assert f"import inspect {path} --write" in str(caught.value.hint)
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


@pytest.mark.parametrize(
    ("said", "totals", "told"), [("yes", [4000, 8000], 0), ("no", [10000, 9000, 8000], 0), ("", [10000, 9000, 8000], 1)]
)
def test_a_layout_that_leaves_it_open_is_told_and_one_that_answers_is_not(tmp_path: Path, said: str, totals: list[int], told: int) -> None:
    shop = shop_in(tmp_path)
    path = export(shop, "a.csv", *PLAIN_ROWS, header=PLAIN)
    columns = ", ".join(f"{word}: {word}" for word in PLAIN.split(","))
    (shop.folder / "layouts").mkdir()
    answer = f"gift_cards: {said}\n" if said else ""
    (shop.folder / "layouts" / "own.yaml").write_text(f"{answer}columns: {{{columns}}}\n", encoding="utf-8")
    figures = taken_in(shop, path, store="S", layout="own")
    assert [total for _, total, _ in asked(shop, TOTALS)] == totals
    assert [("2 rows sell gift cards" in text, "layout own" in text) for text in figures["warnings"]] == [(True, True)] * told


@pytest.mark.parametrize("name", KNOWN_NAMES)
def test_each_known_name_has_a_stem_by_which_it_is_looked_for(name: str) -> None:
    assert any(stem in name.casefold() for stem in STEMS)


HEADS = """\
date_form: YYYY-MM-DD
gift_cards: yes
head_rows: {Row: [head]}
cancelled: {State: [void]}
columns: {receipt: No, date: Day, card: Card, product_name: What, amount: Amount, total: Sum}
"""


def test_a_gift_card_of_a_receipt_whose_head_row_cancels_it_was_not_sold(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "till.yaml").write_text(HEADS, encoding="utf-8")
    rows = (
        "1,2026-03-01,head,void,9001,,,100.00",
        "1,2026-03-01,item,,,Gift card,100.00,",
        # 90.00 less the card of 50.00 are 40.00 for the tea, of the head row's member.
        "2,2026-03-01,head,,9001,,,90.00",
        "2,2026-03-01,item,,,Gift card,50.00,",
        "2,2026-03-01,item,,,Tea,40.00,",
    )
    path = export(shop, "a.csv", *rows, header="No,Day,Row,State,Card,What,Amount,Sum")
    figures = taken_in(shop, path, store="S", layout="till")
    assert (figures["gift_cards"], figures["gift_card_money"]) == (1, "50.00")
    assert asked(shop, TOTALS) == [("2", 4000, 0)]


def test_who_says_that_only_the_card_was_paid_back_empties_the_cell(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    orders(shop, ("#1", "140.00", MIXED))
    figures = taken_in(shop, export(shop, "b.csv", *paid_back_rows(tmp_path / "a.csv", "100.00"), header=SHOPIFY), store="Web")
    mended = Path(figures["set_aside_file"])
    # What was paid back stands before the line of each row, that of the card and that of the tea.
    mended.write_bytes(mended.read_bytes().replace(b",100.00,2,", b",,2,").replace(b",100.00,3,", b",,3,"))
    figures = taken_in(shop, str(mended))
    assert (figures["known"], figures["conflicts"], figures["set_aside"]) == (1, 0, 0)
    assert asked(shop, TOTALS) == [("#1", 4000, 0)]


def paid_back_rows(file: Path, back: str) -> list[str]:
    """The rows of an export of one order after some of it was paid back."""
    _, first, *others = file.read_text(encoding="utf-8").splitlines()
    return [first + back, *others]


def test_an_inspected_file_with_gift_cards_leaves_them_out(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    rows = ("1;2026-03-01 10:00:00;9001;Karta podarunkowa;100,00", "2;2026-03-01 11:00:00;9001;Kubek;40,00")
    path = export(shop, "c.csv", *rows, header="Nr;Data;Karta;Towar;Wartosc")
    draft = looked_at(Path(path), Terms(timezone="Europe/Warsaw", digits=2, currency="PLN")).draft
    assert "\ngift_cards: yes\n" in draft
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "own.yaml").write_text(draft, encoding="utf-8")
    figures = taken_in(shop, path, store="S", layout="own")
    assert (asked(shop, TOTALS), figures["gift_cards"]) == ([("2", 4000, 0)], 1)


def test_a_file_without_gift_cards_has_no_word_on_them_in_its_draft(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("Nr;Data;Karta;Towar;Wartosc\n1;2026-03-01 10:00:00;9001;Etui na kartę;100,00\n", encoding="utf-8")
    assert "gift_cards" not in looked_at(path, Terms(timezone="Europe/Warsaw", digits=2, currency="PLN")).draft


GOODS = st.tuples(st.sampled_from(["Tea", "Mug", "Gift Card - 50", "Karta podarunkowa"]), st.integers(100, 20_000))


@given(st.lists(st.tuples(st.lists(GOODS, min_size=1, max_size=4), st.booleans()), min_size=1, max_size=8))
@settings(max_examples=60)
def test_booked_and_left_out_together_are_the_money_of_the_file(written: list[tuple[list[tuple[str, int]], bool]]) -> None:
    layout = TILL.layout(SHOPIFY.split(","), encoding="utf-8", delimiter=",")
    rows = []
    for number, (goods, has_total) in enumerate(written):
        total = sum(price for _, price in goods) if has_total else sum(price for name, price in goods if name in ("Tea", "Mug"))
        for place, (name, price) in enumerate(goods):
            once = f"paid,PLN,{total / 100:.2f}" if not place else ",,"
            rows.append(f"#{number},a@example.pl,{once},2026-03-01 10:00:00 +0100,1,{name},{price / 100:.2f},,")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join([SHOPIFY, *rows, ""]), encoding="utf-8")
        batches = list(PurchaseFile(path, layout, Terms(timezone="UTC", digits=2, currency="PLN"), store="S").batches())
    booked = sum(sum(batch.totals) for batch in batches)
    assert booked == sum(price for goods, _ in written for name, price in goods if name in ("Tea", "Mug"))
    assert booked + sum(batch.gift_card_money for batch in batches) == sum(price for goods, _ in written for _, price in goods)
    assert not any(batch.set_aside for batch in batches)


@pytest.mark.parametrize(
    "name",
    [
        "Gift Card", "gift cards", "Gift Card - 100", "Gift Card - $100.00", "Gift card (blue)", "eGift Card", "Gift Card 50 PLN",
        "Gift Card PLN 50", "Karta podarunkowa", "Karta podarunkowa 100 zł", "Bon podarunkowy na 50 zł", "Bon podarunkowy o wartości 50",
        "Подарочный сертификат", "Подарочная карта 1000 руб.", "Подарочная карта на 1000", "Card cadou", "Card cadou de 100 lei",
        "[GC] Gift Card", "GIFTCARD", "GIFT-CARD-50", "gift_card_50",
        "Karty podarunkowe", "Bony podarunkowe 50 zł", "Подарочные карты", "Carduri cadou",
    ],
)  # fmt: skip
def test_gift_cards_are_known_by_name(name: str) -> None:
    assert GiftCards(KNOWN_NAMES).judged((name,)) == "all"


@pytest.mark.parametrize(
    "name", ["Gift Card Holder", "Gift card-holder", "Card", "Tea, gift", "Karta podarunkowa etui", "Cadou", "", "giftcardholder"]
)
def test_other_goods_are_not(name: str) -> None:
    assert GiftCards(KNOWN_NAMES).judged((name,)) == ""


def test_money_put_into_a_wallet_counts_once_it_pays_and_goods_paid_back_into_it_have_come_back(tmp_path: Path) -> None:
    """As Odoo has it: the refund of an order adds a row Top-up eWallet, and a later order a row eWallet with a minus."""
    shop = shop_in(tmp_path)
    header = "Order Ref,Date,Customer/Barcode,Status,Total,Order Lines/Product,Order Lines/Quantity,Order Lines/Subtotal"
    rows = (
        "Shop/1,2026-03-01 10:00:00,042,Paid,60.0,Mug,6.0,60.0",
        "Shop/2,2026-03-02 10:00:00,042,Paid,0.0,Mug,-6.0,-60.0",
        ",,,,,[EWALLET] Top-up eWallet,1.0,60.0",
        "Shop/3,2026-03-03 10:00:00,042,Paid,10.0,Mug,7.0,70.0",
        ",,,,,eWallet,1.0,-60.0",
    )
    taken_in(shop, export(shop, "a.csv", *rows, header=header), store="Web", layout=None)
    assert asked(shop, TOTALS) == [("Shop/1", 6000, 0), ("Shop/2", -6000, 6000), ("Shop/3", 7000, 0)]
