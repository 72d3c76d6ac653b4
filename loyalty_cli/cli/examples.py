"""What each command looks like when it is used: `--help` and the manual page show it, and a test runs every line.

The lines are at home in the shop that `loyalty demo` makes.
"""

from __future__ import annotations

EXAMPLES = {
    "demo": ("loyalty demo", "loyalty demo my-demo --lang pl"),
    "init": ("loyalty init my-shop --template levels", "loyalty init --list"),
    "program check": ("loyalty program check",),
    "program show": ("loyalty program show", "loyalty program show --lang ro"),
    "program terms": ("loyalty program terms -o terms.html",),
    "program posters": (
        "loyalty program posters -o posters.html",
        "loyalty program posters --size shelf --on 2027-12-01 -o shelf.html",
    ),
    "program kinds": ("loyalty program kinds", "loyalty program kinds for_every", "loyalty program kinds when"),
    "program schema": ("loyalty program schema > program.schema.json",),
    "program diff": ("loyalty program diff",),
    "program adopt": ("loyalty program adopt --dry-run", "loyalty program adopt --from 2026-12-01"),
    "import purchases": (
        "loyalty import purchases exports/rynek.csv --store Rynek --layout rynek --dry-run",
        "loyalty import purchases 'exports/rynek*.csv' --store Rynek --layout rynek",
    ),
    "import revert": ("loyalty import revert 6 --dry-run", "loyalty import revert 6 --yes"),
    "import conflicts": (
        "loyalty import conflicts",
        "loyalty import conflicts --accept 1 --by Ewa",
        "loyalty import conflicts 6 --reject all --by Ewa --yes",
    ),
    "import rejects": (
        "loyalty import rejects 3",
        "loyalty import rejects 3 --drop 701 --by Ola --reason training",
    ),
    "import members": ("loyalty import members members.csv --layout members",),
    "import products": ("loyalty import products products.csv --layout products",),
    "import redemptions": ("loyalty import redemptions redemptions.csv --dry-run",),
    "import balances": ("loyalty import balances balances.csv --dry-run",),
    "import events": ("loyalty import events surveys.csv --dry-run",),
    "import reconcile": (
        "loyalty import reconcile --store Rynek --day 2026-10-31 --total 1234.50 --receipts 11",
        "loyalty import reconcile till-totals.csv",
    ),
    "import inspect": (
        "loyalty import inspect exports/ogrody.csv",
        "loyalty import inspect exports/ogrody.csv --write layouts/mine.yaml",
    ),
    "import tills": ("loyalty import tills", "loyalty import tills --settings"),
    "recalc": ("loyalty recalc", "loyalty recalc --all --dry-run"),
    "coupons issue": ("loyalty coupons issue",),
    "coupons make": ("loyalty coupons make 'next visit' --count 500 --key leaflet",),
    "coupons print": (
        "loyalty coupons print -o coupons.html",
        "loyalty coupons print --card 2900041059204 -o for-jakub.html",
    ),
    "coupons void": ("loyalty coupons void X4XV8HQ6QJR5M --reason 'printed twice' --by Ewa",),
    "cards make": ("loyalty cards make --count 200 --prefix 29012 --key spring",),
    "cards print": ("loyalty cards print --members -o cards.html",),
    "redeem coupon": ("loyalty redeem coupon X4XV8HQ6QJR5M --basket 80.00",),
    "redeem points": ("loyalty redeem points 2900041091396 500 --basket 80.00 --store Rynek",),
    "redeem gift": ("loyalty redeem gift 2900041091396 mug --store Rynek",),
    "quote": (
        "loyalty quote 2900041091396 80.00 --store Rynek",
        "loyalty quote 2900041091396 80.00 --points most -O json",
    ),
    "counter": ("loyalty counter --store Rynek --by Ewa",),
    "nightly": ("loyalty nightly",),
    "draw open": ("loyalty draw open 'advent draw'",),
    "draw entry": ("loyalty draw entry 'advent draw' --name 'Anna Nowak' --address 'Lipowa 3, Kraków' --key 'letter 17' --by Ewa",),
    "draw result": ("loyalty draw result 'guess the weight' --card 2900041047362 --result 12.5 --key 'slip 4' --by Ewa",),
    "draw tickets": (
        "loyalty draw tickets 'autumn draw'",
        "loyalty draw tickets 'autumn draw' --card 2900041047362",
    ),
    "draw close": ("loyalty draw close 'advent draw' --accept-late",),
    "draw void": (
        "loyalty draw void 'advent draw' --late-returns --by Ewa",
        "loyalty draw void 'advent draw' --card 2900041047362 --count 1 --because returned --reason 'receipt 4711' --by Ewa",
    ),
    "draw run": ("loyalty draw run 'advent draw' --dice 31542663144256352134",),
    "draw verify": ("loyalty draw verify draws/autumn-draw",),
    "draw protocol": ("loyalty draw protocol 'autumn draw' --lang pl -o minutes.html",),
    "draw claim": (
        "loyalty draw claim 'autumn draw' 1 --accept --identity-checked --by Ewa -o handover.html",
        "loyalty draw claim 'autumn draw' 1 --handed-over --by Ewa",
        "loyalty draw claim 'autumn draw' 2 --refuse --by Ewa",
    ),
    "draw redraw": ("loyalty draw redraw 'autumn draw' 2 --by Ewa",),
    "draw list": ("loyalty draw list",),
    "member add": (
        "loyalty member add --card 2901200000014 --name 'Maria Wolska' --birthday 1984-05-12 --group emeryt --by Ewa",
    ),
    "member card": (
        "loyalty member card 2900041063645 -o card.html",
        "loyalty member card 2900041063645 --slip 32",
    ),
    "member set": (
        "loyalty member set 2900041047362 --phone '600 100 200' --by Ewa",
        "loyalty member set 2900041047362 --block --by Ewa",
    ),
    "member find": ("loyalty member find Nowak", "loyalty member find 600100200"),
    "member merge": ("loyalty member merge 2900041047362 2900041091396 --by Ewa",),
    "member tier": (
        "loyalty member tier 2900041047362 patron --until 2027-01-31 --by Ewa --reason 'helped at the fair'",
        "loyalty member tier 2900041047362 --by Ewa --reason 'the fair is over'",
    ),
    "store rename": ("loyalty store rename Rynek Market --by Ewa",),
    "store merge": ("loyalty store merge Ogrody Rynek --by Ewa --dry-run",),
    "explain": ("loyalty explain 2900041047362", "loyalty explain D01846 --store Dworzec"),
    "report": (
        "loyalty report",
        "loyalty report members --all",
        "loyalty report activity --month 2026-10 -o october.xlsx",
        "loyalty report liability -O csv > liability.csv",
    ),
    "month close": (
        "loyalty month close --through 2026-10 --yes-without all --accept-open --dry-run",
        "loyalty month close 2025-01 --yes-without all --accept-open --by Ewa --yes",
    ),
    "check": ("loyalty check", "loyalty check --full"),
    "backup": ("loyalty backup", "loyalty backup copies --keep 60"),
    "restore": ("loyalty restore backups/loyalty-2026-11-21-110000.zip --into restored",),
    "status": ("loyalty status", "loyalty status --max-age 26h -O json"),
    "man": ("loyalty man > loyalty.1",),
}
