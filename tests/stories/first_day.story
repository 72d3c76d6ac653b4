# A shop's first day: a folder, its own program, a till's file, points, a tier, a discount, a coupon, and the mistakes
# that people make on the way.
# It is 2027-02-01T08:00:00Z.

$ loyalty init my-shop --template levels --currency zł --timezone Europe/Warsaw
A new shop from the template levels is in my-shop:
  program.yaml, examples.yaml, layouts/members.yaml, layouts/till.yaml and an empty loyalty.db.
It starts on 2027-02-01: purchases of that day and later earn points. Another day is written in program.yaml, as starts: YYYY-MM-DD
Look at program.yaml in an editor and change what you like. Then:
  cd my-shop
  loyalty program check
  loyalty import inspect FILE    (what the export of your till is, and how to import it)

# Once more does no harm.
$ loyalty init my-shop
loyalty: my-shop/program.yaml is there already.
  Nothing was changed. Name a new folder: loyalty init my-shop
[40]

$ cd my-shop

# The owner writes her own program, with two slips.
== program.yaml
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2027-01-01
tiers:
  by: spend
  counted_over: 12 months
  laddder:
    guest: {at_least: 0}
    friend: {at_least: 500,00, discount: 3%}
==
$ loyalty program check
program.yaml:8:3: laddder is not known here.
      laddder:
      ^
  help: Did you mean ladder?
program.yaml:10:28: There is a comma inside a number here.
        friend: {at_least: 500,00, discount: 3%}
                               ^
  help: Write the number with a point: …
loyalty: program.yaml has mistakes: 2.
[20]

== program.yaml
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2027-01-01
tiers:
  by: spend
  counted_over: 12 months
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 500.00, discount: 3%}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
discounts:
  offers:
    pensioners: {discount: 5%, only: {groups: [pensioner]}}
coupons:
  next visit: {worth: 20.00, basket_at_least: 60.00, valid_for: 30 days}
rewards:
  coupon for 400: {when: {one_purchase: 400.00}, give: {coupon: next visit}}
==
== examples.yaml
- example: five hundred make a friend
  purchases:
    - {on: 2027-01-04, paid: 500.00}
  until: 2027-01-31
  then: {tier: friend, points: 500, coupons: {next visit: 1}}
==
$ loyalty program check
program.yaml is in order: Corner Club.
1 worked example holds.

== members.csv
Card;Name;Birthday;Joined;Groups
29001;Maria I.;27.11.1948;02.01.2027;pensioner
29002;Jan K.;;04.01.2027;
==
$ loyalty import members members.csv --layout members
members.csv: 2 new members, 0 changed, 0 as they were. Import 1.
Next: loyalty recalc

== till.csv
Date;Time;Receipt;Card;Code;Product;Category;Quantity;Amount
02.01.2027;10:31;1;29001;H01;Black tea 100 g;tea;2;37,80
02.01.2027;10:31;1;29001;T02;Cotton;fabric;1,5;43,35
04.01.2027;11:02;2;;N01;Thread;thread;1;6,90
04.01.2027;11:40;3;29002;T04;Coat wool;fabric;5;595,00
05.01.2027;09:15;4;29001;N01;Thread;thread;1;6,9O
07.01.2027;16:20;5;29002;T04;Coat wool;fabric;-1;-119,00
==
# A letter O for a zero: that receipt waits, the rest goes in, and a script sees it by the 100.
# 37.80 + 43.35 + 6.90 + 595.00 - 119.00 = 564.05
$ loyalty import purchases till.csv --layout till --store Market
till.csv: 4 receipts with 5 lines came in, …564.05…; 0 known. Import 2.
till.csv: 1 row set aside, see set-aside/till.2.csv.
Next: loyalty recalc
[100]

$ loyalty report set-aside
…
2       till.csv  6     amount: '6,9O' is not a number of the layout's form  05.01.2027;09:15;4;29001;N01;Thread;thread;1;6,9O
…

# The same file again adds nothing, and says nothing into cron's mail.
$ loyalty import purchases till.csv --layout till --store Market

$ loyalty recalc --as-of 2027-01-31
The program Corner Club is adopted as the first version.
Through 2027-01-31: 2 members replayed, … entries posted.
Next: loyalty report members

# Maria: 37.80 + 43.35 = 81.15, so 81 points, and 5 % as a pensioner.
# Jan: 595.00 made a friend of him on 4 January and brought 595 points. The return of 119.00 names no receipt; it is
# the wool of receipt 3, so 595 x 119 / 595 = 119 points go back: 476. And 476.00 is less than 500.00: at the review
# on 31 January he goes one step down.
$ loyalty report members -O csv
card,name,tier,discount,points,spent,visits,last_visit
29002,Jan K.,guest,0,476,476.00,1,2027-01-04
29001,Maria I.,guest,5,81,81.15,1,2027-01-02

# 476.00 is left of the purchase that gave Jan his coupon, and that is still 400.00 or more.
$ loyalty coupons issue --as-of 2027-02-01
Coupons: 1 issued, 0 withdrawn, 0 lapsed, 0 owed, 0 missed.
Next: loyalty coupons print -o coupons.html

# Nothing has happened since: nothing is posted.
$ loyalty recalc --as-of 2027-01-31

$ loyalty recalc --as-of 2027-01-15
loyalty: 2027-01-15 lies before 2027-01-31, the last day that has been recalculated.
  Leave --as-of out, or look without changing anything: --dry-run
[40]
