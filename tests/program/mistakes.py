"""A program in order, and what owners do to it: name, what stood there, what they write, the line, and what they must read.

`says` are parts of the message and of its help: the cause and the remedy.
"""

from __future__ import annotations

PROGRAM = """\
program: Klub
language: en
currency: PLN
timezone: Europe/Warsaw
starts: 2027-01-01
stores:
  Rynek: {files: "till/*.csv", layout: till}
tiers:
  by: spend
  counted_over: 12 months
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 500.00, discount: 3%}
points:
  earn:
    basic: {points: 1, for_every: 2.00}
    tea: {multiply: 2, only: {categories: [tea]}}
  lapse_after: 12 months
  one_point_pays: 0.05
discounts:
  together: best
  offers:
    seniors: {discount: 5%, only: {groups: [senior]}}
coupons:
  next visit: {worth: 20.00, valid_for: 30 days}
rewards:
  big one: {when: {one_purchase: 200.00}, give: {coupon: next visit}}
draws:
  spring:
    dates: 2027-03-01 to 2027-05-31
    one_ticket_for_every: 50.00
    prizes: {car: 1}
nightly: [backup, import, recalc]
"""

BASIC = "    basic: {points: 1, for_every: 2.00}\n    tea: {multiply: 2, only: {categories: [tea]}}"
LADDER = "    guest: {at_least: 0}\n    friend: {at_least: 500.00, discount: 3%}"
RYNEK = '  Rynek: {files: "till/*.csv", layout: till}'
PERIOD = "2027-03-01 to 2027-05-31"
BIG = "when: {one_purchase: 200.00}, give: {coupon: next visit}"
GOOD = "segments:\n  good: regular\nnightly:"

MISTAKES: list[tuple[str, str, str, int, tuple[str, ...]]] = [
    # what stands a floor too high
    ("a filter beside when", BIG, f"{BIG}, only: {{groups: [senior]}}", 27, ("only is not known here", "when: {visits: 3")),
    ("a window beside when", BIG, f"{BIG}, counted_over: 30 days", 27, ("counted_over is not known here", "when: {visits: 3")),
    ("the friend's part beside give", BIG, f"{BIG}, to_friend: {{points: 1}}", 27, ("to_friend is not known", "give: {points")),
    ("a ready segment by its name alone", "nightly:", GOOD, 34, ("block of conditions", "Write regular: ready.")),
    # percents and numbers
    ("a share for a percent", "discount: 3%", "discount: 0.03", 13, ("0.03 is a share", "Write 3%.")),
    ("a percent's sign in front", "discount: 5%", "discount: %5", 23, ("stands behind the number", "Write 5%.")),
    ("a percent with a comma", "discount: 5%", "discount: 2,5%", 23, ("comma inside a number", "2.5%")),
    ("a percent without its sign", "discount: 5%", "discount: 5", 23, ("no percent sign", "Write 5%.")),
    ("a percent above a hundred", "discount: 3%", "discount: 103%", 13, ("from 0% to 100%",)),
    ("a percent for a factor", "multiply: 2", "multiply: 50%", 17, ("is a percent", "1.5")),
    ("an amount with a comma", "worth: 20.00", "worth: 20,00", 25, ("comma inside a number", "20.00")),
    ("an O for a nought behind the digits", "worth: 20.00", "worth: 20O", 25, ("letter among its digits", "Write 200.")),
    ("another currency than the shop's", "worth: 20.00", "worth: 20.00 EUR", 25, ("not a number alone", "Write 20.00.")),
    ("points for an amount of money", "worth: 20.00", "worth: 20 points", 25, ("not a number alone", "Write 20.")),
    ("a number without its nought", "worth: 20.00", "worth: .50", 25, ("not a number alone", "Write 0.50.")),
    ("a length in Romanian", "lapse_after: 12 months", "lapse_after: 24 de luni", 18, ("24 de luni is not a length", "24 months")),
    ("marks between thousands", "at_least: 500.00", "at_least: 1,500.00", 13, ("comma inside a number", "1500.00")),
    ("a space between thousands", "at_least: 500.00", "at_least: 1 500.00", 13, ("has spaces in it", "1500.00")),
    ("a letter for a zero", "worth: 20.00", "worth: 2O.00", 25, ("a letter among its digits", "20.00")),
    ("a number with a power of ten", "at_least: 500.00", "at_least: 5e2", 13, ("5e2 is not a number", "50.00")),
    ("a number in words", "at_least: 500.00", "at_least: five hundred", 13, ("five hundred is not a number", "50.00")),
    ("an amount below zero", "worth: 20.00", "worth: -20.00", 25, ("below zero", "50.00")),
    ("points for nothing", "for_every: 2.00", "for_every: 0", 16, ("points without end", "10.00")),
    # brackets, quotes, columns
    ("a square bracket left open", "[tea]", "[tea", 17, ("was opened here", "]")),
    ("a curly bracket left open", "discount: 3%}", "discount: 3%", 13, ("was opened here", "}")),
    ("a bracket open to the end", "{car: 1}", "{car: 1", 32, ("was opened here", "}")),
    ("a quote left open", '"till/*.csv"', '"till/*.csv', 7, ("quote was opened here", '"')),
    ("an apostrophe left open", "program: Klub", "program: 'Klub", 1, ("quote was opened here", "'")),
    ("no comma in brackets", "points: 1, for", "points: 1 for", 16, ("comma is missing before for_every",)),
    ("one column less", "    friend:", "   friend:", 13, ("line 12, in column 5", "one column")),
    ("too far to the right", "    friend:", "      friend:", 13, ("line 12, which has its value", "one column")),
    ("too far to the left", "  earn:", "earn:", 18, ("line 16, in column 5", "one column")),
    ("in the wrong block", "  lapse_after", "    lapse_after", 18, ("does not belong", "earn:")),
    ("a tab", "  lapse_after", "\tlapse_after", 18, ("a tab", "spaces")),
    ("a list for a block", BASIC, "    - {points: 1, for_every: 2.00}", 16, ("block of keys", "earn: {basic:")),
    ("a list among keys", "    basic:", "    - basic:", 17, ("are mixed here", "name: {word: value}")),
    # colons, quotes, signs
    ("no colon", "currency: PLN", "currency PLN", 3, ("without its colon", "key: value")),
    ("no space behind the colon", "currency: PLN", "currency:PLN", 3, ("no space behind the colon", "currency: PLN")),
    ("no space, in brackets", "worth: 20.00", "worth:20.00", 25, ("no space behind the colon", "worth: 20.00")),
    ("an equals sign", "pays: 0.05", "pays = 0.05", 19, ("A colon stands between", "one_point_pays: 0.05")),
    ("a colon in a name", "program: Klub", "program: Klub: Rynek", 1, ("second colon", "in quotes")),
    ("a number sign", "program: Klub", "program: #1 Klub", 1, ("no value here", "behind # is not read")),
    ("a star", '"till/*.csv"', "*.csv", 7, ("special to YAML", '"*.csv"')),
    ("backslashes in double quotes", '"till/*.csv"', '"C:\\kasa\\*.csv"', 7, ("backslash", "with /")),
    ("quotation marks of a text, one of them", '"till/*.csv"', "„till/*.csv", 7, ("quotation marks", '"till/*.csv"')),
    ("quotation marks of a text around a colon", "program: Klub", "program: „Klub: Rynek”", 1, ("quotation marks", "straight ones")),
    ("a fence of a chat", "program: Klub", "```yaml\nprogram: Klub", 1, ("not part of a program file", "line out")),
    # lists
    ("the night without brackets", "[backup, import, recalc]", "backup, import", 33, ("as if they were one", "[backup, import]")),
    ("the night with semicolons", "[backup, import, recalc]", "[backup; import]", 33, ("as if they were one", "[backup, import]")),
    ("the night in curly brackets", "[backup, import, recalc]", "{backup, import}", 33, ("a list", "[backup, import]")),
    ("gifts without brackets", "{coupon: next visit}", "{gift: mug, cup}", 27, ("cup has no value", "[mug, cup]")),
    ("gifts with semicolons", "{coupon: next visit}", "{gift: [mug; cup]}", 27, ("as if they were one", "[mug, cup]")),
    ("weekdays without brackets", "{categories: [tea]}", "{weekdays: tuesday, friday}", 17, ("no value", "[tuesday, friday]")),
    # days and lengths of time
    ("a date with dots", "starts: 2027-01-01", "starts: 5.01.2027", 5, ("not a date", "2027-01-05")),
    ("a date without zeros", "starts: 2027-01-01", "starts: 2027-1-5", 5, ("not a date", "2027-01-05")),
    ("a period with a dash", PERIOD, "2027-03-01 - 2027-05-31", 30, ("not a period", PERIOD)),
    ("a period in Polish", PERIOD, "1.03.2027 do 31.05.2027", 30, ("not a period", PERIOD)),
    ("a period upside down", PERIOD, "2027-05-31 to 2027-03-01", 30, ("ends before it begins", "earlier date first")),
    ("a length in Polish", "30 days", "30 dni", 25, ("not a length of time", "30 days")),
    ("a length in Russian", "30 days", "2 месяца", 25, ("not a length of time", "2 months")),
    ("a length without its unit", "30 days", "30", 25, ("not a length of time", "30 days")),
    ("a length in letters", "30 days", "30d", 25, ("not a length of time", "30 days")),
    ("hours in short", "{categories: [tea]}", "{hours: 9-11}", 17, ("not a part of the day", "9:00 to 11:00")),
    ("hours over midnight", "{categories: [tea]}", "{hours: 22:00 to 2:00}", 17, ("over midnight", "24:00")),
    ("a weekday in Polish", "{categories: [tea]}", "{weekdays: [wtorek]}", 17, ("not a day of the week", "tuesday")),
    ("an end before the start", "starts: 2027-01-01", "starts: 2027-01-01\nends: 2026-01-01", 6, ("ends before it starts", "years")),
    # words
    ("a key in Polish", "currency: PLN", "waluta: PLN", 3, ("waluta is not known", "currency")),
    ("a key in Russian", "stores:", "магазины:", 6, ("магазины is not known", "stores")),
    ("a key in Romanian", "prizes: {car", "premii: {car", 32, ("premii is not known", "prizes")),
    ("a kind in Polish", "multiply: 2", "razy: 2", 17, ("razy is not known", "multiply")),
    ("a letter of another alphabet", "currency: PLN", "сurrency: PLN", 3, ("not known", "another alphabet", "currency")),
    ("a key with dashes", "one_point_pays", "one-point-pays", 19, ("not known", "one_point_pays")),
    ("a key with a large letter", "currency: PLN", "Currency: PLN", 3, ("not known", "currency")),
    ("a currency's name", "currency: PLN", "currency: zł", 3, ("not the code", "Write PLN.")),
    ("a currency in small letters", "currency: PLN", "currency: pln", 3, ("not the code", "Write PLN.")),
    ("no currency", "currency: PLN", "currency:", 3, ("no value here", "behind the colon")),
    ("a language's name", "language: en", "language: polski", 2, ("polski is not one", "pl")),
    ("a city for a time zone", "Europe/Warsaw", "Warszawa", 4, ("not a time zone", "Europe/Warsaw")),
    ("a time zone misspelt", "Europe/Warsaw", "Europe/Warszaw", 4, ("not a time zone", "Europe/Warsaw")),
    ("a choice that is none", "together: best", "together: sum", 21, ("not one of the choices", "best, add, one after another")),
    ("a coupon that is not there", "coupon: next visit}", "coupon: nxt visit}", 27, ("no coupon nxt visit", "next visit")),
    ("a trigger misspelt", "{one_purchase: 200.00}", "{one_purchse: 200.00}", 27, ("not known", "one_purchase")),
    ("a trigger without its word", "{one_purchase: 200.00}", "200.00", 27, ("block of keys", "when: {one_purchase: 200.00}")),
    ("a gift without its word", "{coupon: next visit}", "coupon", 27, ("block of keys", "give: {points: 100}")),
    ("stores as a list", f"\n{RYNEK}", " [Rynek, Dworzec]", 6, ("block of keys", "stores: {Market: {}}")),
    ("prizes without a number", "{car: 1}", "car", 32, ("block of keys", "prizes: {tea set: 3}")),
    ("only: without its word", "{groups: [senior]}", "senior", 23, ("block of keys", "only: {groups: [pensioner]}")),
    ("a ladder without a ground", "guest: {at_least: 0}", "guest: {at_least: 10}", 12, ("does not begin at 0", "at_least: 0")),
    ("a word for a window", "counted_over", "window", 10, ("window is not known", "counted_over")),
    ("a word for lapsing", "lapse_after", "expiry", 18, ("expiry is not known", "lapse_after")),
    ("a word for spend", "by: spend", "by: money", 9, ("money is not known", "spend")),
    ("a short word in Polish", "{at_least: 500.00", "{od: 500.00", 13, ("od is not known", "at_least")),
    ("costs by the month", "nightly:", "costs: {monthly: 50.00}\nnightly:", 33, ("monthly is not known", "each_month")),
    (
        "a stage that February ends before the one it follows",
        "nightly:",
        "stages: {sleeping_after: 30 days, lost_after: 1 month}\nnightly:",
        33,
        ("lost before falling asleep", "longer time for lost_after"),
    ),
    (
        "a stage that a leap year ends before the one it follows",
        "nightly:",
        "stages: {sleeping_after: 1 year, lost_after: 366 days}\nnightly:",
        33,
        ("lost before falling asleep", "longer time for lost_after"),
    ),
    ("a stage by its name", "nightly:", "stages: {asleep: 30 days}\nnightly:", 33, ("asleep is not known", "sleeping_after")),
    ("a goal misspelt", "nightly:", "goals: {more: {turnover_with_crad: 60%}}\nnightly:", 33, ("not known", "turnover_with_card")),
    ("a control group without its sign", "for_every: 2.00}", "for_every: 2.00, control: 5}", 16, ("no percent sign", "Write 5%.")),
    ("a segment misspelt", "[tea]}}", "[tea], segments: [bigg]}}", 17, ("no segment bigg",)),
    ("a ladder upside down", "friend: {at_least: 500.00", "friend: {at_least: 0", 13, ("not above guest", "lowest to the highest")),
    ("a block twice", "nightly:", "coupons:\n  one: {worth: 1.00}\nnightly:", 33, ("a second time", "one block")),
    (
        "nothing behind give",
        "big one: {when: {one_purchase: 200.00}, give: {coupon: next visit}}",
        "big one:\n    when: {one_purchase: 200.00}\n    give:",
        29,
        ("block of keys", "give: {points: 100}"),
    ),
    ("a setting twice", "  together: best", "  together: best\n  together: add", 22, ("a second time", "line 21")),
    # more of the same kinds, as people of four languages write them
    ("a date in words, in Polish", "starts: 2027-01-01", "starts: 1 stycznia 2027", 5, ("not a date", "2027-01-01")),
    ("a date in words, in Russian", "starts: 2027-01-01", "starts: 15 марта 2027", 5, ("not a date", "2027-03-15")),
    ("a date in words, in Romanian", "starts: 2027-01-01", "starts: 1 ianuarie 2027", 5, ("not a date", "2027-01-01")),
    ("a date with two digits of its year", "starts: 2027-01-01", "starts: 01.02.27", 5, ("not a date", "2027-02-01")),
    ("a date with a semicolon", "starts: 2027-01-01", "starts: 2027-01-01;", 5, ("not a date", "2027-01-01")),
    ("a period from and to, in Polish", PERIOD, "od 2027-03-01 do 2027-05-31", 30, ("not a period", PERIOD)),
    ("a period from and to, in Russian", PERIOD, "с 01.03.2027 по 31.05.2027", 30, ("not a period", PERIOD)),
    ("a period from and to, in Romanian", PERIOD, "de la 01.03.2027 până la 31.05.2027", 30, ("not a period", PERIOD)),
    ("a period as a list", PERIOD, "[2027-03-01, 2027-05-31]", 30, ("one value", PERIOD)),
    ("a period as a block", PERIOD, "{from: 2027-03-01, to: 2027-05-31}", 30, ("one value", PERIOD)),
    ("a month for a period", PERIOD, "2027-03", 30, ("not a period", "2027-03-01 to 2027-03-31")),
    ("closed days in a row", "nightly:", "closed: 25.12.2027, 26.12.2027\nnightly:", 33, ("as if they", "[2027-12-25, 2027-12-26]")),
    ("points that never lapse, in Polish", "lapse_after: 12 months", "lapse_after: nigdy", 18, ("not a length", "Take the line out")),
    ("points that never lapse, in Russian", "lapse_after: 12 months", "lapse_after: никогда", 18, ("not a length", "Take the line out")),
    ("half a year in Russian", "lapse_after: 12 months", "lapse_after: полгода", 18, ("not a length", "6 months")),
    ("a quarter in Polish", "counted_over: 12 months", "counted_over: kwartał", 10, ("not a stretch", "calendar quarter")),
    ("for ever in Romanian", "counted_over: 12 months", "counted_over: mereu", 10, ("not a stretch", "lifetime")),
    ("a weekend", "{categories: [tea]}", "{weekdays: weekend}", 17, ("not a day of the week", "[saturday, sunday]")),
    ("days from and to, in short", "{categories: [tea]}", "{weekdays: pon-śr}", 17, ("not a day", "[monday, tuesday, wednesday]")),
    ("days from and to, in Russian", "{categories: [tea]}", "{weekdays: с вторника по среду}", 17, ("not a day", "[tuesday, wednesday]")),
    ("hours after", "{categories: [tea]}", "{hours: после 17:00}", 17, ("not a part of the day", "17:00 to 24:00")),
    ("hours until", "{categories: [tea]}", "{hours: do 10}", 17, ("not a part of the day", "0:00 to 10:00")),
    ("two percent signs", "discount: 5%", "discount: 5 %%", 23, ("not a number", "5%")),
    ("a percent in words", "discount: 5%", "discount: 5 procent", 23, ("no percent sign", "Write 5%.")),
    ("a currency in front", "worth: 20.00", "worth: zł 20.00", 25, ("not a number alone", "Write 20.00.")),
    ("a comma and a currency", "worth: 20.00", "worth: 20,00 zł", 25, ("comma inside a number", "20.00 zł")),
    ("more than an amount", "one_purchase: 200.00", "one_purchase: > 200", 27, ("more or less", "Write 200.")),
    ("more than an amount, in Russian", "one_purchase: 200.00", "one_purchase: более 200", 27, ("not a number alone", "Write 200.")),
    ("one value in brackets", "one_point_pays: 0.05", "one_point_pays: [0.05]", 19, ("One value", "Write 0.05.")),
    ("two words for what tiers count", "by: spend", "by: [spend, visits]", 9, ("One value", "spend, points, visits")),
    ("a note behind two slashes", "currency: PLN", "currency: PLN // waluta", 3, ("not the code", "Write PLN.")),
    ("a line of notes with two slashes", "currency: PLN", "// waluta\ncurrency: PLN", 3, ("begins with #", "# waluta")),
    ("a mark at the end of a line", "currency: PLN", "currency: PLN;", 3, ("not the code", "Write PLN.")),
    ("two keys in one line", "currency: PLN", "currency: PLN, ends: 2030-01-01", 3, ("Two keys", "before ends")),
    ("a bracket too many", "{car: 1}", "{car: 1}}", 32, ("one closing bracket too many", "Take one }")),
    ("a country's name", "nightly:", "country: Польша\nnightly:", 33, ("two letters", "Write PL.")),
    ("a block of its own inside another", "  lapse_after", "  rewards: {}\n  lapse_after", 18, ("not known", "left margin")),
    ("an earn rule without its block", f"  earn:\n{BASIC}", "  basic: {points: 1, for_every: 2.00}", 15, ("does not belong", "earn:")),
    ("tiers without their ladder", f"  ladder:\n{LADDER}", "  guest: {at_least: 0}", 11, ("does not belong", "ladder:")),
    ("offers without their block", "  offers:\n    seniors", "  seniors", 22, ("does not belong", "offers:")),
    ("points of nothing", "{points: 1, for_every: 2.00}", "{points: 1}", 16, ("none of the words", "for_every: 10.00")),
    ("money back instead of points", "{points: 1, for_every: 2.00}", "{cashback: 5%}", 16, ("none of the words", "for_every: 10.00")),
    ("tickets by a word that is nearly right", "one_ticket_for_every", "one_ticket_for_each", 31, ("not known", "one_ticket_for_every")),
    ("a coupon of two worths", "worth: 20.00,", "worth: 20.00, discount: 5%,", 25, ("one of worth", "Keep one of these: worth, discount")),
    ("a tier that is not there", "{categories: [tea]}", "{tiers: [frend]}", 17, ("no tier frend", "friend")),
    ("a wallet that is not there", "for_every: 2.00}", "for_every: 2.00, into: bonus}", 16, ("no wallet bonus", "wallets: {bonus: …}")),
    ("a badge that nobody gives", "{one_purchase: 200.00}", "{badge: regular}", 27, ("No reward gives", "give: {badge: regular}")),
    ("a block misspelt that others use", "coupons:", "coupon:", 24, ("not known", "coupons")),
    ("a coupon's last day in other words", "valid_for: 30 days", "valid_until: 2027-12-31", 25, ("not known", "word for it", "until")),
    ("a month in letters", "valid_for: 30 days", "valid_for: a month", 25, ("not a length", "1 month")),
    ("a tier from an amount", "{at_least: 500.00, discount", "{from: 500.00, discount", 13, ("not known", "at_least")),
    ("two currencies", "currency: PLN", "currency: [PLN, EUR]", 3, ("One value stands here", "such as PLN")),
    ("two languages", "language: en", "language: [pl, ru]", 2, ("One value stands here", "en, pl, ru, ro")),
    ("a Cyrillic letter in a currency", "currency: PLN", "currency: РLN", 3, ("another alphabet", "again: PLN")),
    ("a Cyrillic letter in a choice", "by: spend", "by: sреnd", 9, ("another alphabet", "again: spend")),
    ("dashes without a space", "[backup, import, recalc]", "\n  -backup\n  -import", 34, ("no space behind the dash", "Write - backup")),
    ("a quote that goes on to the next one", "program: Klub", 'program: "Klub', 1, ("quote was opened", 'Close it with "')),
    ("points for thousands and a comma", "at_least: 500.00", "at_least: 1.500,00", 13, ("comma inside a number", "1500.00")),
    ("a key with a no-break space in it", "one_point_pays", "one_point\u00a0pays", 19, ("not known", "one_point_pays")),
    ("a list of prizes", "prizes: {car: 1}", "prizes: [car]", 32, ("A block", "prizes: {tea set: 3}")),
    ("a text that begins with a number sign", "program: Klub", "program: #Klub", 1, ("no value here", "in quotes")),
    ("a tier with nothing behind it", "    friend: {at_least: 500.00, discount: 3%}", "    friend:", 13, ("block", "friend: {at_least:")),
    # cards that the shop makes
    ("letters before cards", "nightly:", "cards: {prefix: abc}\nnightly:", 33, ("no beginning of a card's number", "29012")),
    ("digits beyond any card", "nightly:", "cards: {prefix: 29, digits: 5000}\nnightly:", 33, ("4 to 32 digits", "13")),
]
