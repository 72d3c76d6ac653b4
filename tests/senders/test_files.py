"""Ways out that are files, read back by the rules of whoever takes them."""

from __future__ import annotations

import csv
import io
import mailbox
import re
from email import message_from_bytes
from email.policy import default
from typing import Any
from typing import get_args
from typing import get_type_hints
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.program.blocks.senders import EmailWay
from loyalty_cli.program.blocks.senders import LetterWay
from loyalty_cli.program.blocks.senders import PhoneWay
from loyalty_cli.program.blocks.senders import SmsWay
from loyalty_cli.senders.all_senders import sender_for
from loyalty_cli.senders.labels import SHEETS
from loyalty_cli.senders.place import Place
from tests.senders.messages import message
from tests.senders.messages import NOW
from tests.senders.messages import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.message import Answer
    from loyalty_cli.model.message import Message

MARKS = 'Punkty: 5; "Łąka"\n€ do końca'


def put_out(way: Any, messages: list[Message]) -> tuple[dict[str, bytes], list[Answer]]:
    """What a run leaves in the folder, and its answers."""
    left: dict[str, bytes] = {}
    return left, list(sender_for(way, Place(left.__setitem__, NOW)).send(messages))


def sms(number: int, address: str = "+48 500 400 300", text: str = MARKS) -> Message:
    return message(number, channel="sms", address=address, text=text)


def sms_way(by: str) -> SmsWay:
    return SmsWay.model_validate({"by": by, "sender": "KLUB", "country_code": "48"})


def test_each_eml_is_a_mail_of_its_own_and_a_second_run_makes_the_same_files() -> None:
    way = EmailWay.model_validate(
        {"by": "eml", "sender": "Club <club@shop.example>", "unsubscribe": ["https://shop.example/leave?{token}", "leave@shop.example"]}
    )
    messages = [message(number) for number in range(3)]
    left, answers = put_out(way, messages)
    assert sorted(left) == ["k0.eml", "k1.eml", "k2.eml"]
    assert [answer.result for answer in answers] == ["sent"] * 3
    assert put_out(way, messages)[0] == left
    assert b"List-Unsubscribe: <https://shop.example/leave?t1>," in left["k1.eml"]
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in left["k1.eml"]
    assert all(byte < 128 for byte in left["k1.eml"])


def test_a_mail_has_a_page_beside_its_text_where_the_shop_wants_it() -> None:
    way = EmailWay.model_validate({"by": "eml", "sender": "Club <club@shop.example>", "html": "yes"})
    left, _ = put_out(way, [message(1, text="Dziękujemy <3\n\nhttps://shop.example/?a=1&b=2, Łąka")])
    mail = message_from_bytes(left["k1.eml"], policy=default)
    plain, page = mail.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == "Dziękujemy <3\n\nhttps://shop.example/?a=1&b=2, Łąka\n"
    assert page.get_content_type() == "text/html"
    assert "<p>Dziękujemy &lt;3</p>" in page.get_content()
    assert '<a href="https://shop.example/?a=1&amp;b=2">https://shop.example/?a=1&amp;b=2</a>, Łąka' in page.get_content()
    assert '<html lang="pl">' in page.get_content()


def test_nobody_adds_headers_by_a_name_or_a_subject() -> None:
    way = EmailWay(by="eml", sender="club@shop.example")
    left, _ = put_out(way, [message(1, name="Ana\r\nBcc: all@x.example", subject="Hi\nBcc: all@x.example")])
    head = left["k1.eml"].partition(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head


def test_an_mbox_is_read_by_any_mail_program(tmp_path: Path) -> None:
    text = "From here on\n\nFrom there\n"
    left, _ = put_out(EmailWay(by="mbox", sender="club@shop.example"), [message(1, text=text), message(2, language="ru")])
    ((name, content),) = left.items()
    (tmp_path / name).write_bytes(content)
    box = mailbox.mbox(tmp_path / name, create=False)
    mails = [message_from_bytes(mail.as_bytes(), policy=default) for mail in box]
    box.close()
    assert [mail["To"].addresses[0].addr_spec for mail in mails] == ["member1@x.example", "member2@x.example"]
    assert mails[0].get_content().replace(">From", "From") == text
    assert mails[1].get_content().replace("\r\n", "\n") == TEXTS["ru"]


def test_serwersms_gets_four_cells_a_row_without_quotes_and_a_name_for_each_batch() -> None:
    left, answers = put_out(sms_way("serwersms"), [sms(1), sms(2, text="ASCII only"), sms(3, address="ask her")])
    ((name, content),) = left.items()
    assert re.fullmatch(r"[a-z0-9]+\.csv", name)
    assert content.decode("utf-8").split("\r\n") == [
        '500400300;Punkty: 5, "Łąka" € do końca;KLUB;1',
        "500400300;ASCII only;KLUB;",
        "",
    ]
    assert [(one.key, one.result) for one in answers] == [("k3", "refused"), ("k1", "sent"), ("k2", "sent")]
    other, _ = put_out(sms_way("serwersms"), [sms(1)])
    assert name not in other
    # Without a sender it is an ECO text, which has no Polish letters; a number from abroad keeps its code.
    eco, _ = put_out(SmsWay.model_validate({"by": "serwersms", "country_code": "48"}), [sms(1, address="+40 721 000 000")])
    assert next(iter(eco.values())).decode("utf-8") == '40721000000;Punkty: 5, "Łąka" € do końca;;\r\n'


def test_serwersms_gets_another_file_where_one_would_be_too_large() -> None:
    # A row of 9 + 1 + 990 + 6 + 2 = 1,008 bytes, "500400300;x…x;KLUB;" and CR LF: 4,960 rows are 4,999,680 bytes.
    left, answers = put_out(sms_way("serwersms"), [sms(number, text="x" * 990) for number in range(5_000)])
    assert sorted(len(content) for content in left.values()) == [40 * 1_008, 4_960 * 1_008]
    assert [answer.result for answer in answers] == ["sent"] * 5_000


def test_smslink_gets_numbers_from_abroad_and_its_own_marks() -> None:
    left, _ = put_out(sms_way("smslink"), [sms(1), sms(2, address="500 400 301")])
    rows = [line.split(";") for line in next(iter(left.values())).decode().split("\r\n")]
    assert [len(row) for row in rows] == [5, 5]
    assert all(row[0].isdigit() for row in rows)
    assert rows[0][0] != rows[1][0]
    assert [row[1] for row in rows] == ["0048500400300", "0048500400301"]
    assert rows[0][3].replace("%3B", ";").replace("%0A", "\n") == MARKS
    # At once.
    assert {row[4] for row in rows} == {"0"}
    tabs, _ = put_out(sms_way("smslink"), [sms(1, text="a\tb\r\nc")])
    assert next(iter(tabs.values())).decode().split(";")[3] == "ab%0Ac"


def test_rapporto_gets_heads_an_empty_line_and_a_number_once_in_a_file() -> None:
    messages = [sms(1), sms(2), sms(3, address="+48 500 400 301"), sms(4, text="x" * 2001)]
    left, answers = put_out(sms_way("rapporto"), messages)
    assert [(one.key, one.result) for one in answers if one.result != "sent"] == [("k4", "refused")]
    found = []
    for name, content in left.items():
        heads, _, rows = content.decode("utf-8").partition("\r\n\r\n")
        lines = dict(line.split(": ", 1) for line in heads.split("\r\n"))
        assert lines == {"name": name.removesuffix(".txt"), "service_number": "KLUB", "auto_start": "Y"}
        read = list(csv.reader(io.StringIO(rows, newline=""), delimiter=";"))
        assert len({row[1] for row in read}) == len(read)
        assert all(row[0].isdigit() for row in read)
        found += [(row[1], row[2]) for row in read]
    assert sorted(found) == [("48500400300", MARKS), ("48500400300", MARKS), ("48500400301", MARKS)]
    assert len(left) == 2


def test_the_plain_file_is_csv_with_a_header() -> None:
    left, _ = put_out(sms_way("plain"), [sms(1)])
    text = next(iter(left.values())).decode("utf-8")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [{"key": "k1", "number": "48500400300", "text": MARKS}]


@pytest.mark.parametrize("by", get_args(get_type_hints(SmsWay)["by"]))
def test_nothing_to_send_leaves_no_file(by: str) -> None:
    assert put_out(sms_way(by), []) == ({}, [])


def test_a_folder_that_can_not_be_written_leaves_messages_for_another_night() -> None:
    def full(name: str, content: bytes) -> None:
        raise LoyaltyError("No room.")

    answers: list[Answer] = []
    with pytest.raises(LoyaltyError, match="No room"):
        answers.extend(sender_for(sms_way("plain"), Place(full, NOW)).send([sms(1)]))
    assert [(one.key, one.result, one.said) for one in answers] == [("k1", "again", "No room.")]


def letter(number: int, address: str = "Długa 1; 00-001 Miasto") -> Message:
    return message(number, channel="letter", address=address, name="Ana <Pop>", text="Dzień dobry <b>")


def test_a_letter_has_its_address_in_the_window_and_markup_stays_text() -> None:
    left, answers = put_out(LetterWay(sender="Klub, Długa 2"), [letter(1), letter(2, " ")])
    page = next(iter(left.values())).decode()
    assert page.count("<section") == 1
    assert "Ana &lt;Pop&gt;<br>Długa 1<br>00-001 Miasto</address>" in page
    # Form B of DIN 5008, below an edge of 20 mm: the field 45 mm below the top, its words 25 mm from the left as the text,
    # which begins 98.46 mm below the top.
    assert "margin: 20mm 0 20mm" in page
    assert "left: 20mm; top: 25mm; width: 85mm; padding-left: 5mm" in page
    assert "padding: 78.46mm 20mm 0 25mm" in page
    assert [(one.key, one.result) for one in answers] == [("k2", "refused"), ("k1", "sent")]


def test_a_window_near_the_top_stays_where_it_is_and_nothing_of_a_long_letter_is_cut() -> None:
    left, _ = put_out(LetterWay(window_top=15), [letter(1)])
    page = next(iter(left.values())).decode()
    # An edge of 15 mm, nothing below it to the field, text 15 + 53.46 = 68.46 mm below the top.
    assert "margin: 15mm 0 20mm" in page
    assert "top: 0mm; width: 85mm" in page
    assert "padding: 53.46mm" in page
    assert "hidden" not in page


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_labels_fits_on_a4(name: str) -> None:
    sheet = SHEETS[name]
    # Sheets without a margin are as wide as the paper, to a millimetre.
    assert sheet.left + (sheet.columns - 1) * sheet.step_right + sheet.width <= 210.7
    assert sheet.top + (sheet.rows - 1) * sheet.step_down + sheet.height <= 297


def test_labels_begin_at_the_first_free_one_and_go_on_to_the_next_sheet() -> None:
    way = LetterWay.model_validate({"by": "labels", "sheet": "L7160", "start": "20", "shift_right": "5"})
    left, _ = put_out(way, [letter(number) for number in range(4)])
    page = next(iter(left.values())).decode()
    # 21 labels on a sheet: the 20th and 21st, then two on the next one; the 20th is the 2nd of the 7th row:
    # 7.48 + 66.04 + 0.5 = 74.02 mm from the left, 15.49 + 6 * 38.10 = 244.09 mm from the top.
    assert [section.count("<div") for section in page.split("<section>")[1:]] == [2, 2]
    assert "left:74.02mm;top:244.09mm" in page
    with pytest.raises(LoyaltyError):
        put_out(LetterWay(by="labels", sheet="L1"), [letter(1)])


def test_a_call_list_is_by_name_and_no_formula_for_a_spreadsheet() -> None:
    messages = [message(1, channel="phone", address="+48 1", name="Zoe"), message(2, channel="phone", address="+48 2", name="=Ana")]
    left, _ = put_out(PhoneWay(), messages)
    rows = list(csv.DictReader(io.StringIO(next(iter(left.values())).decode("utf-8-sig"), newline="")))
    assert [(row["name"], row["phone"], row["answer"]) for row in rows] == [("'=Ana", "+48 2", ""), ("Zoe", "+48 1", "")]
