"""A small shop that talks with its members, and the commands of the counter, of messages and of leaving, each with what comes before it."""

from __future__ import annotations

from tests.struck.case import BY
from tests.struck.case import Case
from tests.struck.case import HEAD

PROGRAM = """\
program: Talking
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.01
  gifts: {mug: 20}
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder: {guest: {at_least: 0}, friend: {at_least: 900}}
gifts:
  mug: {stock: 3}
  tape: {stock: 5}
  spool: {stock: 5}
coupons:
  voucher: {worth: 50.00, valid_for: 90 days, remainder: is kept}
  sorry: {worth: 20.00, valid_for: 30 days}
  leaflet: {discount: 5%, valid_for: 90 days}
rewards:
  big: {when: {one_purchase: 60.00}, give: {coupon: voucher}}
  sew: {when: {one_purchase: 75.00}, give: {gift: [tape, spool]}}
  survey: {when: {event: survey}, give: {points: 7}}
feedback: {complaint_at: 6}
messages:
  thanks: {when: {one_purchase: 50.00}, by: email, subject: Thanks, text: "Thank you, {first_name}!"}
senders:
  email: {by: eml, sender: Club <club@shop.example>, unsubscribe: leave@shop.example}
nightly: [recalc, coupons, messages]
"""
BOUGHT = HEAD + "".join(f"2026-11-{17 + n % 3},10:{n:02}:00,Market,N{n},29{n % 12:05},P{n % 9},1,{40 + n}.50\n" for n in range(40))
PEOPLE = "card,name,email,consents\n" + "".join(f"29{n:05},Ewa Lis {n},m{n}@x.example,email\n" for n in range(12))
FILES = {
    "bought": BOUGHT,
    "members": PEOPLE,
    "answers": "card,date,score,text,key\n2900001,2026-11-19,9,Fine,a1\n2900002,2026-11-19,3,Slow,a2\n2900003,2026-11-18,12,?,a3\n",
    "events": "card,date,event,key\n2900001,2026-11-18,survey,e1\n2900002,2026-11-18,survey,e2\n",
    "codes": "code\nAAA111\nBBB222\nCCC333\n",
    "consents": "card,date,channel,agreed\n2900001,2026-11-10,sms,yes\n2900002,2026-11-10,email,no\n",
    "left": "m3@x.example\nm4@x.example\n",
    "cards": "receipt,card,store\nN1,2900005,Market\nN2,2900006,Market\n",
    "list": "card,count\n2900001,5\n2900002,7\n2900003,9\n",
    "replies.mbox": "From m1@x.example Thu Nov 19 10:00:00 2026\nFrom: m1@x.example\nMessage-ID: <r1@x.example>\n"
    "Date: Thu, 19 Nov 2026 10:00:00 +0100\nSubject: STOP\n\nSTOP\n\n",
}
TOLD = (
    *("import purchases bought.csv --store Market --another-store", "import members members.csv", "recalc --as-of 2026-11-19"),
    "coupons issue",
)
COMPLAINT = (*TOLD, f"feedback complaint add 2900001 --text slow --key f0 {BY}")


def case(words: str, *before: str, parts: bool = False) -> Case:
    """A command in this shop."""
    return Case(words, before or TOLD, parts=parts, program=PROGRAM, files=FILES)


WHY = f"{BY} --reason r --key k1"
CASES = {
    "messages send": case(f"messages send {BY}", parts=True),
    "import feedback": case(f"import feedback answers.csv {BY}"),
    "import events": case(f"import events events.csv {BY}"),
    "import codes": case(f"import codes codes.csv --coupon sorry {BY}"),
    "import consents": case(f"import consents consents.csv {BY}"),
    "consent give": case(f"consent give 2900001 sms {BY}"),
    "consent withdraw": case(f"consent withdraw 2900001 email {BY}"),
    "consent replies": case(f"consent replies replies.mbox {BY}"),
    "consent unsubscribed": case(f"consent unsubscribed left.csv {BY}"),
    "feedback add": case(f"feedback add 2900001 3 --text slow --key f1 {BY}"),
    "feedback answer": case(f"feedback answer 1 --text sorry --give 'coupon: sorry' --key f2 {BY}", *COMPLAINT),
    "feedback close": case(f"feedback close 1 {WHY}", *COMPLAINT),
    "complaint": case(f"feedback complaint add 2900001 --text slow --key f0 {BY}"),
    "redeem voucher": case("redeem voucher {code} 12.00 --basket 80.00 --store Market --key v1"),
    "redeem gift": case("redeem gift 2900001 mug --store Market --key g1"),
    "gift choose": case(f"gift choose 2900001 tape {WHY}"),
    "gift hand-out": case(f"gift hand-out 2900001 tape --store Market {WHY}", *TOLD, f"gift choose 2900001 tape {BY} --reason r --key k0"),
    "event add": case(f"event add 2900001 survey {WHY}"),
    "receipt add": case(f"receipt add P77 2900001 90.00 --store Market --on 2026-11-18 {WHY}"),
    "receipt assign": case(f"receipt assign --file cards.csv {WHY}"),
    "give a list": case(f"give points 5 --members list.csv {WHY}"),
    "coupons make": case(f"coupons make leaflet --count 5 --key b1 {BY} -o made.csv"),
    "cards print": case("cards print --members -o printed.html"),
    "member tier": case(f"member tier 2900001 friend {WHY}"),
    "member lost": case(f"member lost 2900001 {WHY}"),
    "member replace-card": case(f"member replace-card 2900001 2990009 {WHY}"),
    "member block": case(f"member block 2900001 {WHY}"),
    "member erase": case(f"member erase 2900001 --yes {WHY}"),
    "member forget": case(f"member forget --inactive 2d --yes {WHY}", parts=True),
    "revert of a use": case(f"revert 1 --yes {WHY}", *TOLD, "redeem points 2900001 5 --store Market --key p1"),
    "till export members": case("till export members --whole"),
    "export parquet": case("export parquet lake", parts=True),
    "program terms": case("program terms -o terms.html"),
    "plan write": case("plan --branch home --receipt 40.00 --visits 2 --members 100 --yes -o plan.html"),
}
