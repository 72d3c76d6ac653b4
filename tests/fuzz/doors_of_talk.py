"""The doors by which a shop hears of its members and its tills: answers, events, codes, consents, mails, baskets, targets, blocks."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from loyalty_cli.exporters.layout import own_target
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.receipts import receipt_assign
from loyalty_cli.operations.by_hand.receipts import wishes_of
from loyalty_cli.operations.consents.heard import consent_replies
from loyalty_cli.operations.consents.heard import consent_unsubscribed
from loyalty_cli.operations.counter.answer import quote
from loyalty_cli.operations.counter.baskets_read import one_basket
from loyalty_cli.operations.counter.many import answers
from loyalty_cli.operations.imports.codes import ForCoupon
from loyalty_cli.operations.imports.codes import import_codes
from loyalty_cli.operations.imports.consents import import_consents
from loyalty_cli.operations.imports.events import import_events
from loyalty_cli.operations.imports.feedback import import_feedback
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.plan.plan import size_known
from loyalty_cli.operations.plan.plan import write_plan
from loyalty_cli.operations.plan.planning import Planning
from loyalty_cli.operations.plan.trading import Said
from loyalty_cli.operations.shop.template import Answers
from loyalty_cli.operations.tills.export import ExportWishes
from loyalty_cli.operations.tills.export import till_export
from tests.fuzz import talk
from tests.fuzz.shown import seen
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from tests.fuzz.mutations import Damage

ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1250", "utf-16")
BRANCHES = ("café", "grocery", "fashion", "other")


class DoorsOfTalk:
    """A shop that writes to its members, and every way by which a file of theirs, or of a till, can come into it."""

    def __init__(self, folder: Path, check: Callable[[bytes, bytes], None]) -> None:
        self.folder = folder
        self.check = check
        self.shop = shop_in(folder / "talking", talk.PROGRAM)
        import_purchases(self.shop, [str(self.written("bought.csv", talk.BOUGHT.encode()))], store="Market")
        import_members(self.shop, [str(self.written("people.csv", talk.PEOPLE.encode()))])
        import_consents(self.shop, [str(self.written("agreed.csv", talk.AGREED.encode()))])
        recalc(self.shop, as_of=day_from_iso("2026-11-20"))
        self.planned = [self.made_plan(branch) for branch in BRANCHES]
        send_messages(self.shop, {})
        self.message = asked(self.shop, "SELECT min(key) FROM message WHERE purpose = 'survey'")[0][0]
        self.doors: dict[str, Callable[[Damage], None]] = {
            "blocks": self.blocks, "planned": self.plan, "forms": self.forms, "events": self.events, "codes": self.codes,
            "consents": self.consents, "mailbox": self.mailbox, "maildir": self.maildir, "left": self.left,
            "baskets": self.baskets, "basket": self.basket, "given": self.given, "assigned": self.assigned, "target": self.target,
        }  # fmt: skip

    def written(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def table(self, damage: Damage, text: str, name: str = "list.csv") -> Path:
        """A damaged table as a file."""
        return self.written(name, damage.table(text, [text], ENCODINGS))

    def blocks(self, damage: Damage) -> None:
        """A program with segments, messages, senders, feedback, costs and goals."""
        self.check(damage.tree(talk.PROGRAM, [talk.PROGRAM, *(program for program, _ in self.planned)]), b"")

    def plan(self, damage: Damage) -> None:
        """What a plan writes, changed by hand."""
        program, examples = damage.chance.choice(self.planned)
        if damage.chance.random() < 0.5:
            self.check(damage.tree(program, [program]), examples.encode())
        else:
            self.check(program.encode(), damage.tree(examples, [examples]))

    def made_plan(self, branch: str) -> tuple[str, str]:
        folder = self.folder / "planned"
        shutil.rmtree(folder, ignore_errors=True)
        answers = Answers(name="Club", language="en", currency="PLN", timezone="Europe/Warsaw", starts=day_from_iso("2026-01-01"))
        shop = type(self.shop)(program=folder / "program.yaml", database=folder / "no.db", now=self.shop.now, secret="ab" * 32)
        said = Said(branch=branch, receipt=40_00, visits=2_00, members=300)
        write_plan(shop, Planning(said=said, answers=answers), size_known("middle"))
        return (folder / "program.yaml").read_text("utf-8"), (folder / "examples.yaml").read_text("utf-8")

    def forms(self, damage: Damage) -> None:
        seen(import_feedback(self.shop, [str(self.table(damage, damage.chance.choice(talk.FORMS)))], dry_run=True))

    def events(self, damage: Damage) -> None:
        seen(import_events(self.shop, [str(self.table(damage, talk.EVENTS))], dry_run=True))

    def codes(self, damage: Damage) -> None:
        seen(import_codes(self.shop, self.table(damage, talk.CODES), ForCoupon("sorry"), dry_run=True))

    def consents(self, damage: Damage) -> None:
        seen(import_consents(self.shop, [str(self.table(damage, talk.CONSENTS))], dry_run=True))

    def mails(self, damage: Damage) -> bytes:
        text = talk.MAILS.replace("KEY", self.message)
        return damage.file(damage.text(text, [text]), ("utf-8", "cp1250", "utf-8"))

    def mailbox(self, damage: Damage) -> None:
        seen(consent_replies(self.shop, [self.written("replies.mbox", self.mails(damage))], dry_run=True))

    def maildir(self, damage: Damage) -> None:
        """Each mail a file, as a mail program keeps them."""
        folder = self.folder / "Maildir"
        shutil.rmtree(folder, ignore_errors=True)
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)
        for number, mail in enumerate(self.mails(damage).split(b"\nFrom ")[:20]):
            (folder / ("cur", "new")[number % 2] / f"{number}.host:2,S").write_bytes(mail.partition(b"\n")[2])
        seen(consent_replies(self.shop, [folder], dry_run=True))

    def left(self, damage: Damage) -> None:
        channel = damage.chance.choice(("email", "sms"))
        seen(consent_unsubscribed(self.shop, [self.table(damage, talk.LEFT)], channel, dry_run=True))

    def damaged_baskets(self, damage: Damage) -> Path:
        text = damage.chance.choice(talk.BASKETS)
        if text[0] in "[{" and damage.chance.random() < 0.6:
            lines = [json.dumps(damage.value(json.loads(line))) for line in text.splitlines()]
            return self.written("baskets", "\n".join(lines).encode("utf-8", "replace"))
        return self.written("baskets", damage.table(text, talk.BASKETS))

    def baskets(self, damage: Damage) -> None:
        """Many baskets, each answered or told what is wrong with it."""
        form = damage.chance.choice(("json", "csv"))
        for answer in answers(self.shop, self.damaged_baskets(damage), {}, form, processes=1):
            assert answer.exit_code != 1, answer.text

    def basket(self, damage: Damage) -> None:
        seen(quote(self.shop, {"card": "2900001", **one_basket(self.damaged_baskets(damage))}))

    def given(self, damage: Damage) -> None:
        whom = ToWhom(members=self.table(damage, talk.TO_GIVE))
        seen(give(self.shop, Gift(kind="points", count=1), whom, Asked(by="Ewa", reason="r", key="k"), dry_run=True))

    def assigned(self, damage: Damage) -> None:
        wishes = wishes_of(self.table(damage, talk.TO_ASSIGN))
        seen(receipt_assign(self.shop, wishes, Asked(by="Ewa", reason="r", key="k"), dry_run=True))

    def target(self, damage: Damage) -> None:
        """A file for a till, in the owner's own form."""
        place = self.shop.folder / "exports" / "mine.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(damage.tree(talk.TARGET, [talk.TARGET]))
        own_target(place)
        seen(self.exported("mine"))

    def exported(self, name: str) -> Outcome:
        return till_export(self.shop, name, ExportWishes(whole=True), dry_run=True)
