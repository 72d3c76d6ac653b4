"""Every command of `loyalty`, in the order help shows them: its name, its one line of help, and where it lives.

A module is imported when its command runs. A single command is the function `command` of its module,
a group of commands is its `app`.
"""

from __future__ import annotations

ALL_COMMANDS = {
    "demo": ("A whole sample shop: import, recalculate, coupons, a draw, reports.", "shop.demo"),
    "init": ("Make a new shop folder.", "shop.init"),
    "plan": ("Propose a first program in three sizes, write it, plan its launch.", "plan"),
    "program": ("Check, show, compare and adopt the program file.", "program"),
    "import": ("Bring in purchases, members, products, redemptions and balances from CSV.", "imports"),
    "recalc": ("Work out what every member should have, and post the differences.", "ledger.recalc"),
    "coupons": ("Issue, print and void coupons.", "coupons.coupons"),
    "cards": ("Make numbers for new cards, and print cards.", "members.cards"),
    "quote": ("What the till should charge for a basket, and why.", "counter.quote"),
    "counter": ("A screen that stays open at the till: cards, quotes, bookings, one key each.", "counter.counter"),
    "redeem": ("Use a coupon or points.", "coupons.redeem"),
    "give": ("Give points, coupons, gifts, tickets or badges by hand: to a card, a list, a group.", "by_hand.give"),
    "points": ("Move points from one member to another.", "by_hand.points"),
    "receipt": ("Enter a paper receipt, or let a receipt be that of a card.", "by_hand.receipt"),
    "gift": ("Hand out or choose a gift that is due.", "by_hand.gift"),
    "event": ("Enter something that a member did besides buying.", "by_hand.event"),
    "feedback": ("What members say of the shop, and complaints until they are settled.", "feedback"),
    "revert": ("Undo what was done by hand, or a use of a coupon, points or gift.", "by_hand.revert"),
    "till": ("Files for tills and webshops, and what tills gave against what was due.", "tills.till"),
    "nightly": ("Everything the program lists, in order; quiet if all is well.", "shop.nightly"),
    "messages": ("Thanks, greetings, questions and offers: who gets what, sending them, what became of them.", "messages"),
    "draw": ("Announce, freeze, run and verify a prize draw.", "draws"),
    "member": ("Find or add a member, or change what is known of one.", "members.member"),
    "consent": ("What members say to being written to or called.", "members.consent"),
    "store": ("Another name for a store, or one store of two names.", "store"),
    "explain": ("How each number of a card or a receipt came to be.", "ledger.explain"),
    "report": ("Look: members, tiers, points, coupons, turnover and more.", "report"),
    "simulate": ("What other programs would have given for the purchases there were.", "simulate"),
    "query": ("Ask the data with SELECT over documented views; nothing can be changed.", "query"),
    "export": ("The data as files for programs of analysts.", "export"),
    "chain": ("The books of a chain on Apache Spark.", "chain"),
    "books": ("What is owed for points, for the accountant's own program.", "books"),
    "month": ("Close a month for the books, and make its pack for the accountant.", "months"),
    "check": ("Prove the database and the books.", "shop.check"),
    "backup": ("A verified copy of the whole folder.", "shop.backup"),
    "restore": ("Bring a copy back.", "shop.restore"),
    "status": ("How the shop's folder is doing; for a person and for a watchdog.", "shop.status"),
    "man": ("Write the manual page, made from these commands.", "man"),
}
