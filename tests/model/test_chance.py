"""Control groups: the number of a card for a rule, how it spreads, and that it can be worked out by others."""

from __future__ import annotations

import hashlib
import hmac

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.chance import control_key
from loyalty_cli.model.chance import KeptOut
from loyalty_cli.model.chance import number_for

KEY = control_key("5e" * 32)
CARDS = [f"29{number:06}" for number in range(20_000)]


def test_the_number_is_the_hash_that_the_report_describes() -> None:
    inner = hmac.new(KEY, b"29000001", hashlib.sha256).digest()
    first = hmac.new(inner, b"rewards.welcome", hashlib.sha256).hexdigest()[:16]
    assert number_for(chance_of(KEY, "29000001"), "rewards.welcome") == int(int(first, 16) / 2**64 * 10_000)


def test_a_share_of_the_members_is_kept_out_and_a_larger_one_keeps_out_the_same_and_more() -> None:
    chances = [chance_of(KEY, card) for card in CARDS]
    small, large = ({chance for chance in chances if KeptOut(share, "rewards.welcome").has(chance)} for share in (500, 1_000))
    # 5 % of 20,000 are 1,000, give or take 3 x sqrt(20,000 x 0.05 x 0.95) = 92
    assert 908 <= len(small) <= 1_092
    assert small < large


def test_the_groups_of_two_rules_have_nothing_to_do_with_each_other() -> None:
    chances = [chance_of(KEY, card) for card in CARDS]
    both = sum(KeptOut(5_000, "rewards.a").has(chance) and KeptOut(5_000, "rewards.b").has(chance) for chance in chances)
    # A half of a half of 20,000 are 5,000, give or take 3 x sqrt(20,000 x 0.25 x 0.75) = 184
    assert 4_816 <= both <= 5_184


def test_without_a_card_nobody_is_kept_out() -> None:
    assert not KeptOut(9_999, "rewards.welcome").has(chance_of(KEY, ""))


def test_another_shop_has_other_groups() -> None:
    assert chance_of(control_key("5f" * 32), "29000001") != chance_of(KEY, "29000001")
