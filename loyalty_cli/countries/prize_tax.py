"""The tax on a prize by country and day: dated tables with their sources, whole minor units, never advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.all_countries import country_named
from loyalty_cli.countries.draw_law import holds
from loyalty_cli.model.law import TaxLine
from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from loyalty_cli.countries.country import TaxRule
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.law import DrawKind


def tax_in_draw(rules: DrawRules, worth: int | None, *, on: Day, earlier: int = 0) -> TaxLine | None:
    """The tax on a prize of a draw, where its worth and the draw's country are said."""
    if worth is None or not rules.formalities.country:
        return None
    return prize_tax(rules.formalities.country, worth=worth, purpose=rules.purpose, on=on, earlier=earlier)


def prize_tax(country: str, *, worth: int, purpose: DrawKind, on: Day, earlier: int = 0) -> TaxLine | None:
    """The tax on a prize of a worth on a day; None where nothing is known of the country on that day."""
    rule = rule_in_force(country, purpose, on)
    if rule is None:
        return None
    tax = rule.tax(worth, earlier)
    return TaxLine(
        kind=rule.kind,
        rate_bp=rule.rate_bp,
        tax=tax,
        exempt_up_to=rule.exempt_up_to,
        text=rule.text,
        source=rule.source,
        as_of=rule.as_of,
        to_add=grossed_up(tax, rule.rate_bp),
        verified=rule.verified,
        pay_by=rule.pay_by,
        form=rule.form,
        form_by=rule.form_by,
    )


def rule_in_force(country: str, purpose: DrawKind, on: Day) -> TaxRule | None:
    """The row of a country's table that holds on a day."""
    known = country_named(country)
    if known is None:
        return None
    return next((row for row in known.TAXES if purpose in row.kinds and holds(row.since, row.until, on)), None)


def grossed_up(tax: int, rate_bp: int) -> int:
    """The money N that covers the tax on prize and N together: N = tax / (1 - rate), rounded up; N = Q x 35 / 65 at 35 %."""
    left = WHOLE - rate_bp
    return -(-tax * WHOLE // left) if left > 0 else 0
