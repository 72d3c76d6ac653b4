"""The terms that a coupon keeps, as it was issued with them: written into its row and read again."""

from __future__ import annotations

import json
from typing import Any

from loyalty_cli.rules.coupons.terms import CouponTerms
from loyalty_cli.rules.only import Only

ALWAYS = ("worth", "discount", "basket_at_least", "pays_up_to")


def terms_text(terms: CouponTerms) -> str:
    """The terms as text; what is not said is left out. Its days stand in the coupon's row."""
    written = terms.model_dump()
    kept = {name: written[name] for name in ALWAYS if written[name] is not None}
    kept |= {name: written[name] for name in CouponTerms.later if name in written and name not in ("until", "only", "budget")}
    if "only" in written:
        kept["only"] = terms.only.model_dump(exclude_defaults=True)
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def read_terms(kept: str) -> CouponTerms:
    """The terms of a coupon's row."""
    values: dict[str, Any] = json.loads(kept)
    if "only" in values:
        values["only"] = Only(**{name: read_again(name, value) for name, value in values["only"].items()})
    return CouponTerms(**values)


def read_again(name: str, value: Any) -> Any:
    """A setting of `only:` from JSON: an owner's words are read as such, else it is the value itself."""
    from pydantic import ValidationError

    try:
        return getattr(Only.model_validate({name: value}), name)
    except ValidationError:
        return tuple(value) if isinstance(value, list) else value
