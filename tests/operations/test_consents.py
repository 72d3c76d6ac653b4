"""Consents as people give them, take them back, import them, and as mailboxes and mailing services bring and take them."""

from __future__ import annotations

import csv
import mailbox
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.consents.given import Answer
from loyalty_cli.operations.consents.given import consent_list
from loyalty_cli.operations.consents.given import consent_set
from loyalty_cli.operations.consents.heard import consent_replies
from loyalty_cli.operations.consents.heard import consent_unsubscribed
from loyalty_cli.operations.consents.mailing import consent_mailing
from loyalty_cli.operations.imports.consents import import_consents
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.unsubscribing import member_of_token
from loyalty_cli.store.members.unsubscribing import token_of
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop

TODAY = 2461319  # 2026-10-05
STANDING = "SELECT channel, purpose, given, date(from_day), source FROM consent WHERE gone = 0 ORDER BY id"


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana and Boris with addresses of their own; Ana agrees to e-mail."""
    member_add(there.shop, ANA, MemberWishes(name="Ana Pop", email="Ana@X.example", phone="+48 500 400 300", birthday="1980-05-17"))
    member_add(there.shop, BORIS, MemberWishes(name="Boris", email="boris@x.example", birthday="02-29"))
    consent_set(there.shop, ANA, "email", Answer(True, proof="form 7"), by="Ola")
    return there


def mail(subject: str, text: str = "", *, sender: str = "ana@x.example", id_: str = "<m1@x.example>", **heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, id_
    made["Date"] = heads.pop("date", "Mon, 05 Oct 2026 09:00:00 +0200")
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def boxed(folder: Path, *mails: EmailMessage) -> list[Path]:
    box = mailbox.mbox(folder / "in.mbox")
    for one in mails:
        box.add(one)
    box.close()
    return [folder / "in.mbox"]


def bounce(status: str, action: str = "failed", to: str = "ana@x.example") -> EmailMessage:
    """A delivery report in the form of RFC 3464, section 6."""
    report = EmailMessage()
    report["From"], report["Subject"], report["Message-ID"] = "MAILER-DAEMON@mx.example", "Undelivered", "<b1@mx.example>"
    report.set_type("multipart/report")
    report.set_param("report-type", "delivery-status")
    words = EmailMessage()
    words.set_content("Could not be delivered.")
    status_part = EmailMessage()
    status_part["Content-Type"] = "message/delivery-status"
    whole, own = EmailMessage(), EmailMessage()
    whole["Reporting-MTA"] = "dns; mx.example"
    own["Final-Recipient"], own["Action"], own["Status"] = f"rfc822; {to}", action, status
    own["Diagnostic-Code"] = f"smtp; 550 {status} no such user"
    status_part.set_payload([whole, own])
    original = EmailMessage()
    original["Content-Type"] = "text/rfc822-headers"
    original.set_payload("Message-ID: <k77@shop.example>\n")
    for part in (words, status_part, original):
        report.attach(part)
    return report


def test_an_answer_has_wording_source_proof_and_who_took_it(shop: SmallShop) -> None:
    answer = Answer(False, wording="No more news", version="2", source="telephone", proof="call 8")
    said = consent_set(shop.shop, ANA, "sms:survey", answer, by="Ola")
    assert said.data["new"]
    assert not consent_set(shop.shop, ANA, "sms:survey", answer, by="Ola").data["new"]
    kept = "SELECT purpose, given, wording, version, source, proof, by, at <> '' FROM consent WHERE channel = 'sms'"
    assert shop.ask(kept) == [("survey", 0, "No more news", "2", "telephone", "call 8", "Ola", 1)]


def test_where_nothing_is_new_what_holds_is_told_with_its_own_day(shop: SmallShop) -> None:
    """Ana said yes on the day before: being asked again, or a second yes, is neither an asking nor a yes of today."""
    consent_set(shop.shop, ANA, "sms", Answer(True, day=TODAY - 1), by="Ola")
    for agreed in (None, True):
        done = consent_set(shop.shop, ANA, "sms", Answer(agreed), by="Ola")
        assert [str(each) for each in done.said] == [
            f"{ANA}, sms: yes from 2026-10-04 on.", "That is known already; nothing was changed."
        ]  # fmt: skip
        assert (done.data["agreed"], done.data["new"]) == ("yes", False)


def test_a_consent_needs_a_hand_and_no_day_to_come(shop: SmallShop) -> None:
    with pytest.raises(LoyaltyError):
        consent_set(shop.shop, ANA, "sms", Answer(True))
    with pytest.raises(Refused):
        consent_set(shop.shop, ANA, "sms", Answer(True, day=TODAY + 400), by="Ola")


@pytest.mark.parametrize(
    ("about", "said", "hint"),
    [
        ("smoke", "smoke is not one of: email, sms, letter, phone, draws", None),
        ("emial", "emial is not one of: email, sms, letter, phone, draws", "Did you mean email?"),
        ("sms:advertisng", "advertisng is not one of: advertising, service, survey", "Did you mean advertising?"),
    ],
)
def test_a_channel_or_a_purpose_that_nobody_knows_is_refused(shop: SmallShop, about: str, said: str, hint: str | None) -> None:
    for agreed in (True, False):
        with pytest.raises(LoyaltyError) as refused:
            consent_set(shop.shop, ANA, about, Answer(agreed), by="Ola")
        assert (str(refused.value.phrase), str(refused.value.hint) if refused.value.hint else None) == (said, hint)
    with pytest.raises(LoyaltyError, match="smoke is not one of"):
        member_add(shop.shop, "29900", MemberWishes(consents=(("smoke", True),)), Asked(by="Ola"))


def test_what_is_listed_can_be_imported_elsewhere_and_taken_back(shop: SmallShop, tmp_path: Path) -> None:
    consent_set(shop.shop, ANA, "email", Answer(False), by="Ola")
    consent_set(shop.shop, BORIS, "sms", Answer(None), by="Ola")
    (table,) = consent_list(shop.shop, None).tables
    path = tmp_path / "consents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        writer.writerows([(*row[:2], "2026-10-05", *row[3:]) for row in table.rows])
    before = shop.ask(STANDING)
    assert import_consents(shop.shop, [str(path)]).data["files"][0]["known"] == 3  # type: ignore[index]
    shop_rows = shop.ask("SELECT count(*) FROM consent")
    assert shop_rows == [(3,)]
    path.write_text("card,date,channel,agreed\n" + f"{CORA},2026-10-01,sms,tak\n{ANA},2026-10-09,phone,no\n{ANA},,sms,perhaps\n")
    member_add(shop.shop, CORA, MemberWishes(name="Cora"))
    said = import_consents(shop.shop, [str(path)])
    assert said.exit_code == ExitCode.SET_ASIDE
    assert shop.ask(STANDING)[len(before) :] == [("sms", "advertising", 1, "2026-10-01", "import 2")]
    assert import_revert(shop.shop, 2).data["members"] == 1
    assert shop.ask(STANDING) == before


def test_who_writes_stop_is_left_in_peace_by_token_or_address(shop: SmallShop, tmp_path: Path) -> None:
    with shop.shop.reading() as connection:
        token = token_of(connection, 2)
        assert member_of_token(connection, f"leave {token}") == 2
        assert member_of_token(connection, f"leave 1{token[1:]}") is None
    box = boxed(
        tmp_path,
        mail("Re: News", "STOP\n\n> old text", id_="<m1@x.example>"),
        mail(f"leave {token}", sender="somebody@else.example", id_="<m2@x.example>"),
        mail("leave", sender="stranger@x.example", id_="<m3@x.example>"),
    )
    said = consent_replies(shop.shop, box, by="Ola")
    assert {name: said.data[name] for name in ("mails", "left", "unknown", "replies")} == {
        "mails": 3,
        "left": 2,
        "unknown": 1,
        "replies": 0,
    }
    assert shop.ask(STANDING)[1:] == [
        (channel, purpose, 0, "2026-10-05", "reply") for channel, purpose in [("email", "advertising"), ("email", "survey")] * 2
    ]
    # Read again, after Ana has come back on the same day, the old mail takes nothing from her.
    consent_set(shop.shop, ANA, "email", Answer(True), by="Ola")
    assert consent_replies(shop.shop, box, by="Ola").data["left"] == 0


def test_who_was_asked_confirms_by_an_answer(shop: SmallShop, tmp_path: Path) -> None:
    consent_set(shop.shop, BORIS, "email", Answer(None), by="Ola")
    box = boxed(tmp_path, mail("Odp: Zgoda", "Tak, proszę", sender="Boris <BORIS@x.example>"), mail("Re: Zgoda", "yes", id_="<m2@x>"))
    assert consent_replies(shop.shop, box).data["confirmed"] == 1
    assert shop.ask(STANDING)[-1] == ("email", "advertising", 1, "2026-10-05", "reply")


@pytest.mark.parametrize(
    ("status", "action", "dead"),
    [
        ("5.1.1", "failed", True),
        ("5.2.1", "failed", True),
        ("5.2.2", "failed", False),
        ("5.7.1", "failed", False),
        ("4.4.1", "delayed", False),
    ],
)
def test_a_report_marks_an_address_only_if_there_is_none(shop: SmallShop, tmp_path: Path, status: str, action: str, *, dead: bool) -> None:
    said = consent_replies(shop.shop, boxed(tmp_path, bounce(status, action)))
    assert said.data["dead"] == int(dead)
    with shop.shop.reading() as connection:
        reach = next(iter(reach_of_many(connection, [1])))
        assert reach.at("email") == ("" if dead else "Ana@X.example")
        assert reach.at("sms") == "+48 500 400 300"


def test_machines_say_nothing_and_free_replies_are_counted(shop: SmallShop, tmp_path: Path) -> None:
    box = boxed(
        tmp_path,
        mail("Stop: out of office", "Stop", Auto_Submitted="auto-replied"),
        mail("Re: How was it?", "9, thank you\n> How was it?", id_="<m2@x>", In_Reply_To="<k12@shop.example>"),
    )
    data = consent_replies(shop.shop, box).data
    assert (data["left"], data["replies"], data["answers"], data["unknown"]) == (0, 1, 0, 0)


def test_a_maildir_and_a_folder_of_eml_are_read_too(shop: SmallShop, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "dir", create=True)
    box.add(mail("unsubscribe"))
    box.close()
    (tmp_path / "eml").mkdir()
    (tmp_path / "eml" / "1.eml").write_bytes(mail("Отписаться", sender="boris@x.example", id_="<m9@x>").as_bytes())
    assert consent_replies(shop.shop, [tmp_path / "dir", tmp_path / "eml"]).data["left"] == 2


def test_lists_of_who_left_elsewhere_are_read_in_any_form(shop: SmallShop, tmp_path: Path) -> None:
    path = tmp_path / "left.csv"
    # An address that stands twice on a line is one.
    path.write_bytes('E-mail;Łódź\n"ana@x.example";1\n<nobody@x.example>;nobody@x.example\n'.encode("cp1250"))
    said = consent_unsubscribed(shop.shop, [path], "email", by="Ola")
    assert said.data == {"addresses": 2, "withdrawn": 1, "unknown": 1, "dry_run": False}
    path.write_text("0048500400300\n", encoding="utf-8")
    assert consent_unsubscribed(shop.shop, [path], "sms", by="Ola").data["withdrawn"] == 1
    with pytest.raises(LoyaltyError):
        consent_unsubscribed(shop.shop, [path], "letter", by="Ola")


def test_a_token_goes_with_its_member_through_a_merge(shop: SmallShop) -> None:
    with shop.shop.reading() as connection:
        token = token_of(connection, 2)
    member_merge(shop.shop, BORIS, ANA)
    with shop.shop.reading() as connection:
        assert member_of_token(connection, token) == 1


@pytest.mark.parametrize(
    ("service", "row", "left"),
    [
        ("mailchimp", "Ana@X.example,Ana,Pop,05/17,", "Email Address\r\nboris@x.example\r\n"),
        ("brevo", "Ana@X.example;Ana;Pop;;1980-05-17", "EMAIL\r\nboris@x.example\r\n"),
        ("mailerlite", "Ana@X.example,Ana,Pop,", "Email\r\nboris@x.example\r\n"),
        ("getresponse", "Ana@X.example,Ana,1980-05-17", "boris@x.example\r\n"),
        ("unisender", "Ana@X.example,Ana,Pop,1980-05-17", "email\r\nboris@x.example\r\n"),
        ("sendsay", "Ana@X.example,Ana,Pop,1980-05-17", "boris@x.example\r\n"),
    ],
)
def test_a_mailing_service_gets_who_agrees_and_who_left(shop: SmallShop, tmp_path: Path, service: str, row: str, left: str) -> None:
    consent_set(shop.shop, BORIS, "email", Answer(False), by="Ola")
    member_add(shop.shop, CORA, MemberWishes(name="Cora", email="cora@x.example"))
    said = consent_mailing(shop.shop, service, tmp_path / "out")
    assert (said.data["agree"], said.data["withdrawn"]) == (1, 1)
    agree = (tmp_path / "out" / f"{service}-agree.csv").read_bytes().decode("utf-8").split("\r\n")
    assert agree[1:] == [row, ""]
    assert (tmp_path / "out" / f"{service}-withdrawn.csv").read_bytes().decode("utf-8") == left


def test_an_address_that_one_member_left_is_not_written_to_for_another(shop: SmallShop, tmp_path: Path) -> None:
    member_add(shop.shop, CORA, MemberWishes(name="Cora", email="ana@x.EXAMPLE"))
    consent_set(shop.shop, CORA, "email", Answer(False), by="Ola")
    said = consent_mailing(shop.shop, "mailchimp", tmp_path)
    assert (said.data["agree"], said.data["withdrawn"]) == (0, 1)
