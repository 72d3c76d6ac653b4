"""What comes after each command that changes something: its last line says so.

`{name}` stands for what was typed as that argument or option. Commands that are not here say it themselves, or ask nothing
more of anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.cli.group import running
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase

NEXT = {
    "program adopt": "loyalty recalc",
    "messages send": "loyalty messages list",
    "import purchases": "loyalty recalc",
    "import revert": "loyalty recalc",
    "import conflicts": "loyalty recalc",
    "import rejects": "loyalty report set-aside",
    "import members": "loyalty recalc",
    "import products": "loyalty recalc",
    "import consents": "loyalty consent list",
    "consent give": "loyalty consent list {card}",
    "consent withdraw": "loyalty consent list {card}",
    "consent replies": "loyalty consent list",
    "consent unsubscribed": "loyalty consent list",
    "import redemptions": "loyalty recalc",
    "import balances": "loyalty recalc",
    "import events": "loyalty recalc",
    "import feedback": "loyalty report feedback",
    "import codes": "loyalty coupons issue",
    "recalc": "loyalty report members",
    "coupons issue": "loyalty coupons print -o coupons.html",
    "coupons make": "loyalty coupons print --key {key} -o coupons.html",
    "coupons sell": "loyalty report owed-for-coupons",
    "coupons void": "loyalty report coupons",
    "cards make": "loyalty cards print --key {key} -o cards.html",
    "redeem points": "loyalty explain {card}",
    "redeem gift": "loyalty explain {card}",
    "redeem voucher": "loyalty report coupons",
    "give": "loyalty report by-hand",
    "points move": "loyalty report by-hand",
    "receipt add": "loyalty explain {card}",
    "receipt assign": "loyalty explain {card}",
    "gift choose": "loyalty report gifts",
    "gift hand-out": "loyalty report gifts",
    "event add": "loyalty explain {card}",
    "feedback add": "loyalty report feedback",
    "feedback complaint add": "loyalty feedback list",
    "feedback answer": "loyalty feedback show {case}",
    "feedback close": "loyalty report complaints",
    "revert": "loyalty report by-hand",
    "member block": "loyalty report by-hand",
    "member lost": "loyalty member set {card} --card …",
    "member household": "loyalty explain {card}",
    "member replace-card": "loyalty explain {new}",
    "draw open": "loyalty draw tickets {name}",
    "draw entry": "loyalty draw tickets {name}",
    "draw result": "loyalty draw tickets {name}",
    "draw close": "loyalty draw run {name}",
    "draw void": "loyalty draw run {name}",
    "draw run": "loyalty draw protocol {name} -o minutes.html",
    "draw redraw": "loyalty draw protocol {name} -o minutes.html",
    "member add": "loyalty explain {card}",
    "member set": "loyalty explain {card}",
    "member tier": "loyalty explain {card}",
    "month close": "loyalty backup",
    "restore": "loyalty check",
}
# What only shows something unless one of these options is said.
ONLY_IF_SAID = {"import conflicts": ("accept", "reject"), "import rejects": ("drop", "reopen")}

# The ranking of a contest is its result: nothing is drawn.
OF_A_CONTEST = {"draw close": NEXT["draw run"]}

# A list in a file is about no card that was typed.
OF_A_FILE = {"receipt assign": "loyalty report by-hand"}


def next_step(outcome: Outcome) -> Phrase | None:
    """The next command, where something was changed and nothing is in the way."""
    if not running or outcome.quiet or outcome.exit_code not in {ExitCode.OK, ExitCode.SET_ASIDE}:
        return None
    context = running[0]
    name, said = context.command_path.removeprefix("loyalty "), context.params
    changes = ONLY_IF_SAID.get(name)
    if name not in NEXT or (changes and not any(said.get(option) for option in changes)):
        return None
    words = {option: typed(value) for option, value in said.items()}
    step = OF_A_FILE[name] if name in OF_A_FILE and said.get("file") else NEXT[name]
    step = OF_A_CONTEST.get(name, step) if outcome.data.get("contest") else step
    return phrase("Next: {command}", command=step.format_map(words))
