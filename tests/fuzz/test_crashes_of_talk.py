"""What damaged answers, lists and mails once broke, each as it was found."""

from __future__ import annotations

import time
import tracemalloc
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.forms.all_forms import form_layout
from loyalty_cli.importers.mailboxes.heard import heard_in
from loyalty_cli.importers.mailboxes.heard import words_of
from loyalty_cli.importers.mailboxes.opened import mails_in
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.receipts import Wish
from loyalty_cli.operations.by_hand.receipts import wishes_of
from loyalty_cli.operations.consents.heard import addresses_in
from loyalty_cli.operations.counter.baskets_read import many_baskets
from loyalty_cli.operations.imports.feedback import import_feedback
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from tests.fuzz import talk
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = shop_in(tmp_path / "shop", talk.PROGRAM)
    path = tmp_path / "bought.csv"
    path.write_text(talk.BOUGHT, encoding="utf-8")
    import_purchases(shop, [str(path)], store="Market")
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    return shop


def test_a_question_without_a_heading_is_none(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("#,How was it?,\t,Submit Date (UTC),Network ID,card\nab,9,7,2026-11-19 09:01:00,n1,2900001\n", encoding="utf-8")
    assert import_feedback(shop, [str(path)], dry_run=True).data["files"]
    path.write_text(f"#,How was it?,Submit Date (UTC),Network ID,card\nab,{'9' * 5000},2026-11-19 09:01:00,n1,2900001\n", encoding="utf-8")
    # So long a number is no score but an answer in words.
    assert import_feedback(shop, [str(path)], dry_run=True).data["files"]


@pytest.mark.parametrize("count", ["9" * 19, "9" * 5000, "²", "-1", "1e9"])
def test_a_count_that_no_book_holds_is_told_with_its_line(shop: Shop, tmp_path: Path, count: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"card,count\n2900001,{count}\n", encoding="utf-8")
    with pytest.raises(Hindered) as caught:
        give(shop, Gift(kind="points"), ToWhom(members=path), Asked(by="Ewa", reason="r", key="k"))
    assert "line 2" in str(caught.value.obstacles[0].what)
    with pytest.raises(LoyaltyError, match="more digits"):
        give(shop, Gift(kind="points", count=10**20), ToWhom(card="2900001"), Asked(by="Ewa", reason="r", key="k"))


def test_a_row_with_more_cells_than_the_header_is_read_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("receipt,card,store\nN1,2900005,Market,x,y\nN2\n", encoding="utf-8")
    assert wishes_of(path) == [Wish("N1", "2900005", "Market", 2), Wish("N2", "", None, 3)]


def test_addresses_are_found_in_a_long_line_as_fast_as_it_is_read() -> None:
    text = "a" * 200_000 + " <ana@x.example>, (jan@y.example). @z.example x@ nobody@localhost " + "@." * 100_000
    began = time.process_time()
    assert list(addresses_in(text))[:2] == ["ana@x.example", "jan@y.example"]
    assert time.process_time() - began < 1


@pytest.mark.parametrize("date", [f"Thu, 19 Nov {10**20} 10:00:00 +0100", f"Thu, 19 Nov 2026 10:00:00 +{'9' * 30}", "\x00"])
def test_a_mail_whose_date_no_calendar_has_is_heard_without_one(tmp_path: Path, date: str) -> None:
    path = tmp_path / "one.eml"
    path.write_text(f"From: m1@x.example\nDate: {date}\nSubject: STOP\n\n", encoding="utf-8")
    (one,) = (said for mail in mails_in(path) for said in heard_in(mail))
    assert (one.what, one.address, one.at) == ("leave", "m1@x.example", None)


def test_of_a_mail_as_large_as_a_film_only_the_beginning_is_read(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    with box.open("wb") as file:
        for number in range(2):
            file.write(b"From a@x.example Thu Nov 19 10:00:00 2026\nSubject: %d\n\n9\n>From me\n" % number)
            file.writelines(b"x" * 99_999 + b"\n" for _ in range(120))
            file.write(b"\n")
    tracemalloc.start()
    assert [str(mail["Subject"]) for mail in mails_in(box)] == ["0", "1"]
    assert tracemalloc.get_traced_memory()[1] < 60 << 20
    tracemalloc.stop()


def test_more_baskets_than_any_till_sends_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "baskets.csv"
    path.write_text("card,amount\n" + "1,2\n" * 100_001, encoding="utf-8")
    with pytest.raises(LoyaltyError, match="too large"):
        list(many_baskets(path))


def test_a_question_of_a_form_may_be_longer_than_any_layout_says_it() -> None:
    long = "9" * 2_000
    header = ["Timestamp", long, "How was it?"]
    layout = form_layout(header, [["2026/11/19 10:00:00 AM GMT+1", "a@x.example", "9"]], "answers.csv")
    assert layout is not None
    assert (layout.columns.email, layout.columns.score) == ("2", "3")


def test_a_mail_in_letters_whose_name_no_computer_takes_is_heard(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    box.write_bytes(b'From a@x.example Thu Nov 19 10:00:00 2026\nFrom: a@x.example\nContent-Type: text/plain; charset="u\0tf"\n\nnine\n')
    assert [words_of(mail) for mail in mails_in(box)] == ["nine"]


def test_a_delivery_report_whose_status_is_empty_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_text(
        'From: daemon@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        "Final-Recipient: rfc822; m1@x.example\nAction: failed\nStatus: \x0b\n\n--b--\n",
        encoding="utf-8",
    )
    (one,) = (said for mail in mails_in(path) for said in heard_in(mail))
    assert (one.what, one.address) == ("bounce", "m1@x.example")


@pytest.mark.parametrize(
    "header",
    [
        b"From: " + b"=?utf-8?q?a?= " * 100_000 + b"<a@x.example>",
        b"From: " + b"<a@x.example>," * 50_000,
        b"From: " + b"(" * 100_000,
        b"Subject: a\n" + b" b\n" * 300_000 + b" c",
        b"Content-Type: text/plain; " + b"a*0=b; " * 50_000,
    ],
    ids=["encoded words", "addresses", "comments", "folded", "parameters"],
)
def test_a_header_without_end_costs_no_more_than_its_size(tmp_path: Path, header: bytes) -> None:
    # Python's parsers took 22 GB for the first, 22 seconds for the fourth, and ended in a RecursionError for the third.
    path = tmp_path / "one.eml"
    path.write_bytes(header + b"\n\nSTOP\n")
    began = time.process_time()
    tracemalloc.start()
    heard = [each for mail in mails_in(path) for each in heard_in(mail)]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(heard) == 1
    assert most < 60 << 20
    assert time.process_time() - began < 5


def test_a_page_of_nothing_but_signs_of_marks_is_read_at_once() -> None:
    mail = message_from_bytes(b"Content-Type: text/html\n\n" + b"<" * 200_000 + b"<b>STOP</b>", policy=default)
    began = time.process_time()
    assert words_of(mail).startswith("<<")
    assert time.process_time() - began < 1
