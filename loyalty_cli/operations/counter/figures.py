"""A quote as figures for scripts: names and forms that stay the same, money as text with a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.operations.counter.notes import Notes
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.rules.watch import Progress


def figures(quote: Quote) -> dict[str, object]:
    """The price, what pays it, what it brings."""
    moment, priced = quote.asked.shopper.moment, quote.priced
    money = quote.program.currency.plain
    prices = quote.prices
    return {
        "card": quote.card or None,
        "member": quote.member is not None,
        "day": iso(moment.day),
        "time": clock_said(moment.clock) if moment.clock else None,
        "store": moment.store or None,
        "currency": quote.program.currency.code,
        "before": money(sum(line.total for line in quote.asked.lines)),
        "price": money(sum(prices)),
        "to_pay": money(quote.to_pay),
        "lines": lines(quote, prices),
        "discounts": [{"name": one.name, "off": money(one.total)} for one in priced.discounts],
        "paid_by": paid_by(quote),
        "not_applied": not_applied(quote),
        "refused": [
            {"what": each.what, "name": each.name, "why": str(each.error.phrase), "exit_code": int(each.error.exit_code)}
            for each in quote.refused
        ],
        **brings(quote),
    }


def clock_said(clock: int) -> str:
    """Seconds since midnight as 14:30:00."""
    return f"{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}"


def lines(quote: Quote, prices: Sequence[int]) -> list[dict[str, object]]:
    """Each line at its price before and after discounts, and what of that is paid with money."""
    money = quote.program.currency.plain
    totals = [line.total for line in quote.asked.lines]
    paid = quote.of_all(totals, quote.priced.paid)
    rows = zip(quote.asked.lines, quote.asked.known, prices, paid, strict=True)
    return [
        {
            "product": line.product or None,
            "category": line.category or None,
            "quantity": str(Figure(line.quantity)),
            "before": money(line.total),
            "price": money(price),
            "paid": money(part),
            "excluded": known.excluded,
        }
        for line, known, price, part in rows
    ]


def paid_by(quote: Quote) -> list[dict[str, object]]:
    """The coupons and points that pay a part."""
    money, names = quote.program.currency.plain, {each.code: each.name for each in quote.asked.coupons}
    paid: list[dict[str, object]] = [
        {"what": "coupon", "name": names[one.name], "code": one.name, "points": None, "amount": money(one.total)}
        for one in quote.priced.coupons
    ]
    if quote.priced.points is not None:
        points = {"points": quote.priced.points_used, "amount": money(quote.priced.points.total)}
        paid.append({"what": "points", "name": "points", "code": None, **points})
    return paid


def not_applied(quote: Quote) -> list[dict[str, object]]:
    """Discounts, coupons and points that took nothing, and why."""
    return [{"name": each.name, "why": str(each.why)} for each in quote.priced.without]


def brings(quote: Quote) -> dict[str, object]:
    """What the purchase brings its member, and how far it brings every open reward."""
    before, after = quote.before, quote.after
    if before is None or after is None:
        return {"earns": [], "points": None, "tier": None, "rewards": []}
    money = quote.program.currency.plain
    in_money = quote.program.ladder is not None and quote.program.ladder.in_money

    # How often the purchase reaches a reward; of several gives the first one counts.
    reached: dict[str, set[tuple[int, int]]] = {}
    for entry in quote.entries:
        if entry.quantity > 0:
            reached.setdefault(entry.rule, set()).add((entry.cause, entry.cause_id))

    def missing(amount: int | None) -> object:
        return money(amount) if in_money and amount is not None else amount

    return {
        "earns": [
            {"rule": entry.rule, "what": entry.asset, "quantity": entry.quantity} for entry in quote.entries if entry.rule != "redeem"
        ],
        "points": {
            "before": before.points,
            "used": quote.priced.points_used,
            "earned": earned_points(quote),
            "after": after.points,
            "pending_before": before.pending,
            "pending_after": after.pending,
        },
        "tier": {
            "before": before.tier or None,
            "after": after.tier or None,
            "next": after.next_tier or None,
            "missing_before": missing(before.missing),
            "missing_after": missing(after.missing),
        },
        "rewards": [
            {
                "reward": name,
                "unit": progress.unit,
                "before": amount_said(before.open.get(name), money),
                "after": amount_said(after.open.get(name), money),
                "of": amount_said(progress, money, of=True),
                "until": None if progress.until >= NEVER else iso(progress.until),
                "reached": len(reached.get(f"rewards.{name}", ())),
            }
            for name, progress in {**before.open, **after.open}.items()
        ],
    }


def earned_points(quote: Quote) -> int:
    """The points that the purchase brings, usable now or later."""
    return sum(
        entry.quantity for entry in quote.entries if entry.asset in {"points", "pending"} and entry.rule.startswith(("points.", "rewards."))
    )


def amount_said(progress: Progress | None, money: object, *, of: bool = False) -> object:
    """How far, in money or pieces or as a count; None where the reward is not open."""
    if progress is None:
        return None
    amount = progress.of if of else progress.done
    if progress.unit == "money":
        return money(amount)  # type: ignore[operator]
    return amount / PIECE if progress.unit == "units" else amount


def notes_in_figures(notes: Notes, quote: Quote) -> dict[str, object]:
    """What else can pay, and what the cashier is told."""
    money = quote.program.currency.plain
    return {
        "initials": notes.initials or None,
        "can_pay": {
            "points": {"usable": notes.usable, "most": notes.most, "amount": money(notes.most_pays)},
            "coupons": [
                {
                    "name": each.name,
                    "code": each.code,
                    "pays": money(each.pays),
                    "until": iso(each.until),
                    "why_not": None if each.why_not is None else str(each.why_not),
                }
                for each in notes.coupons
            ],
        },
        "benefits": list(notes.benefits),
        "gifts": [{"gift": name, "count": count} for name, count in notes.gifts],
        "messages": [{"about": about, "text": str(said)} for about, said in notes.says],
        "missing": list(notes.missing),
    }
