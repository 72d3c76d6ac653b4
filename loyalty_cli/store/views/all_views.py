"""Every view that `loyalty query` and `loyalty export parquet` know.

To add one: a View here. Sums of money are exact to the cent when rounded: `round(sum(total), 2)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import CLAIM
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.coupons.coupons import LAST_EVENT
from loyalty_cli.store.coupons.coupons import state_of
from loyalty_cli.store.ledger.standings import USED_SINCE
from loyalty_cli.store.views.view import View
from loyalty_cli.store.views.view import ViewColumn as Has

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMBER = phrase("the member's number in this database; the same in every view")
CARD_OF = "(SELECT number FROM card WHERE card.member_id = {member} ORDER BY card.id LIMIT 1)"

MEMBERS = View(
    name="members",
    about=phrase("one row for each member, as of the last recalculation"),
    columns=(
        Has("member", "count", "member.id", MEMBER),
        Has("card", "code", CARD_OF.format(member="member.id"), phrase("the first card")),
        Has("name", "text", "member.name", phrase("the name, where it is known")),
        Has("joined", "day", "member.joined", phrase("the day of joining, where it is known")),
        Has("tier", "text", "coalesce(standing.tier, '')", phrase("the tier")),
        Has("discount", "percent", "coalesce(standing.discount, 0)", phrase("the standing discount in percent")),
        Has("points", "count", f"coalesce(standing.points, 0) - ({USED_SINCE})", phrase("points that can be used now")),
        Has("pending", "count", "coalesce(standing.pending, 0)", phrase("points that can not be used yet")),
        Has("spent", "money", "coalesce(standing.spent, 0)", phrase("what was spent in all")),
        Has("visits", "count", "coalesce(standing.visits, 0)", phrase("visits in all")),
        Has("first_visit", "day", "standing.first_on", phrase("the day of the first purchase")),
        Has("last_visit", "day", "standing.last_on", phrase("the day of the last purchase")),
    ),
    source="FROM member LEFT JOIN standing ON standing.member_id = member.id WHERE member.merged_into IS NULL",
)

RECEIPTS = View(
    name="receipts",
    about=phrase("one row for each receipt, with or without a card; a return is a receipt, too"),
    columns=(
        Has("receipt", "count", "receipt.id", phrase("the receipt's number in this database; the same in every view")),
        Has("store", "text", "(SELECT name FROM store WHERE store.id = receipt.store_id)", phrase("the store")),
        Has("number", "code", "receipt.number", phrase("the number the till gave it")),
        Has("day", "day", "receipt.day", phrase("the day in the shop's time zone")),
        Has("time", "time", "receipt.clock", phrase("the time of day in the shop's time zone")),
        Has("member", "count", "receipt.member_id", phrase("the member; empty without a card")),
        Has(
            "card",
            "code",
            "(SELECT number FROM card WHERE card.id = receipt.card_id)",
            phrase("the card that was shown"),
        ),
        Has("total", "money", "receipt.total", phrase("what was paid; below zero where more came back than was bought")),
        Has(
            "returned",
            "money",
            "receipt.returned",
            phrase("what came back, as a number above zero; the total is already less by it"),
        ),
        Has("paid_by_loyalty", "money", "receipt.loyalty", phrase("the part paid with points or coupons")),
        Has(
            "till",
            "text",
            "(SELECT till FROM desk WHERE desk.id = receipt.desk_id)",
            phrase("the till, where the export says it"),
        ),
        Has(
            "cashier",
            "text",
            "(SELECT cashier FROM desk WHERE desk.id = receipt.desk_id)",
            phrase("the cashier, where the export says it"),
        ),
    ),
    source="FROM receipt WHERE receipt.gone = 0",
)

LISTED = "(SELECT {what} FROM product WHERE product.code = coalesce(nullif(article.code, ''), article.name))"
LINES = View(
    name="lines",
    about=phrase("one row for each line of a receipt"),
    columns=(
        Has("receipt", "count", "line.id >> 12", phrase("the receipt it stands on")),
        Has("line", "count", "(line.id & 4095) + 1", phrase("its place on the receipt, from 1")),
        Has("code", "code", "article.code", phrase("the product's code")),
        Has("product", "text", "article.name", phrase("the product's name")),
        Has(
            *("category", "text", f"coalesce(nullif({LISTED.format(what='category')}, ''), article.category)"),
            phrase("the category: that of the list of products, else that of the till"),
        ),
        Has("vat", "code", "article.vat", phrase("the VAT rate as the till writes it")),
        Has("quantity", "quantity", "line.quantity", phrase("pieces or kilograms; below zero for a return")),
        Has("amount", "money", "line.amount", phrase("what was paid for it; below zero for a return")),
        Has("discount", "money", "line.discount", phrase("the discount already taken off")),
        Has("paid_by_loyalty", "money", "line.loyalty", phrase("the part paid with points or coupons")),
        Has(
            "cost",
            "money",
            f"{LISTED.format(what='cost')} * line.quantity / 1000",
            phrase("what it cost the shop, where the list of products says it"),
        ),
    ),
    source="FROM line JOIN receipt ON receipt.id = line.id >> 12 JOIN article ON article.id = line.article_id WHERE receipt.gone = 0",
)

OF_MEMBER = "coalesce((SELECT merged_into FROM member WHERE member.id = ledger.member_id), ledger.member_id)"
LEDGER = View(
    name="ledger",
    about=phrase("one row for each entry: points, pending points, tiers, coupons, tickets, badges and gifts, up or down"),
    columns=(
        Has("entry", "count", "ledger.id", phrase("the entry's number, in the order of booking")),
        Has("member", "count", OF_MEMBER, MEMBER),
        Has("day", "day", "ledger.effective_on", phrase("the day it happened")),
        Has("booked", "day", "ledger.booked_on", phrase("the day it was booked; a closed month takes nothing more")),
        Has("rule", "text", "rule.name", phrase("the rule that gave or took it")),
        Has(
            "asset",
            "text",
            "asset.name",
            phrase("what it is: points, pending, tier:…, coupon:…, ticket:…, badge:…, gift:…"),
        ),
        Has("quantity", "count", "ledger.quantity", phrase("how many; below zero where they went")),
        Has(
            "receipt",
            "count",
            f"iif(ledger.cause_kind = {int(Cause.RECEIPT)}, ledger.cause_id, NULL)",
            phrase("the receipt that caused it, if one did"),
        ),
    ),
    source="FROM ledger AS ledger JOIN rule ON rule.id = ledger.rule_id JOIN asset ON asset.id = ledger.asset_id "
    f"WHERE asset.name <> '{CLAIM}'",
)

USES = """FROM redemption WHERE redemption.coupon_id = coupon.id
  OR redemption.id IN (SELECT redemption_id FROM further_use WHERE further_use.coupon_id = coupon.id)"""
COUPONS = View(
    name="coupons",
    about=phrase("one row for each coupon of a member"),
    columns=(
        Has("code", "code", "coupon.code", phrase("the coupon's code")),
        Has("member", "count", "coupon.member_id", MEMBER),
        Has(
            "coupon",
            "text",
            "(SELECT substr(asset.name, 8) FROM asset WHERE asset.id = coupon.asset_id)",
            phrase("the coupon's name in the program"),
        ),
        Has(
            "rule",
            "text",
            "(SELECT rule.name FROM rule WHERE rule.id = coupon.rule_id)",
            phrase("the rule that gave or took it"),
        ),
        Has("issued", "day", "coupon.issued_on", phrase("the day of issue")),
        Has("valid_from", "day", "coupon.from_day", phrase("the first day it can be used")),
        Has("valid_until", "day", "coupon.until_day", phrase("the last day it can be used")),
        Has("state", "text", state_of(LAST_EVENT), phrase("issued, used, used in part, lapsed, withdrawn, voided or owed")),
        Has("worth", "money", "json_extract(coupon.terms, '$.worth')", phrase("its worth in money, if it has one")),
        Has(
            "discount",
            "percent",
            "json_extract(coupon.terms, '$.discount')",
            phrase("its discount in percent, if it has one"),
        ),
        Has("used", "day", f"(SELECT min(redemption.day) {USES})", phrase("the day of its first use")),
        Has("paid", "money", f"(SELECT sum(redemption.amount) {USES})", phrase("what it paid in all its uses")),
    ),
    source="FROM coupon",
)

LAST_WORD = """(SELECT {what} FROM message_event WHERE message_event.message_id = message.id ORDER BY message_event.id DESC LIMIT 1)"""
MESSAGES = View(
    name="messages",
    about=phrase("one row for each message to a member that was begun"),
    columns=(
        Has("message", "count", "message.id", phrase("the message's number in this database")),
        Has("member", "count", OF_MEMBER.replace("ledger", "message"), MEMBER),
        Has("name", "text", "message.name", phrase("the message's name in the program")),
        Has("purpose", "text", "message.purpose", phrase("service, advertising or survey")),
        Has("due", "day", "message.due_on", phrase("the day it was due")),
        Has("state", "text", LAST_WORD.format(what="what"), phrase("begun, sent, again, refused, doubtful or dropped")),
        Has("channel", "text", LAST_WORD.format(what="channel"), phrase("the way it went, or would have gone")),
        Has("on_day", "day", LAST_WORD.format(what="day"), phrase("the day of that state")),
    ),
    source="FROM message",
)

ALL_VIEWS: Mapping[str, View] = {view.name: view for view in (MEMBERS, RECEIPTS, LINES, LEDGER, COUPONS, MESSAGES)}
