# The demo's folder is a working shop: the first night, a coupon at the till, a decision, the books, a draw that stands.
# It is 2026-11-02T08:00:00Z.

$ loyalty demo shop
A sample shop in shop: three stores in Poland, two years, all invented.
…
Its program is program.yaml; change it and see what would change: loyalty program diff

# A second demo does not touch the first.
$ loyalty demo shop
loyalty: shop is there already, and not empty.
  Name another folder: loyalty demo my-demo
[40]

$ cd shop
# Nothing new has come, so the night is silent, and so is the second one.
$ loyalty nightly
$ loyalty nightly

# A coupon is used once. Small letters and hyphens do not matter; a wrong letter is noticed; 59.99 is less than 60.00.
$ loyalty redeem coupon x4xv-8hq6-qjr5-m --basket 80.00 --store Rynek --by Ala
Used: next visit, pays 20.00 PLN.

$ loyalty redeem coupon X4XV8HQ6QJR5M --basket 80.00 --store Rynek --by Ala
loyalty: The coupon …was used on …
[40]

$ loyalty redeem coupon X4XV8HQ6QJR52 --basket 80.00
loyalty: X4XV8HQ6QJR52 is not a coupon code…
…
[2]

$ loyalty redeem coupon C45JF3M7P65RG --basket 59.99
loyalty: The coupon …needs a basket of at least 60.00 PLN.
[40]

# The receipt that came back different: 121.80 in place of 119.80.
$ loyalty report conflicts -O csv
…
…Ogrody…2026-08-03…119.80…

$ loyalty import conflicts --accept 1 --by Ala
1 new …
Next: loyalty recalc

$ loyalty recalc --as-of 2026-11-01
Through 2026-11-01: 1 member…
Next: loyalty report members

# Anybody can check the draw.
$ loyalty draw verify draws/autumn-draw
draws/autumn-draw: the files, the seed, every pick and every winner are right.

# Everything that was said can be proved from the first receipt on.
$ loyalty check --full
Checked: …6,116 receipts…
… rows compared with their seals.
Proof of everything until now: …
361 members replayed from scratch.
Everything is as it should be.
…
member_group           121  its seal
…

# The same export again adds nothing. A draw is run once, and what was frozen holds.
$ loyalty import purchases exports/rynek.csv
$ loyalty draw close "autumn draw"
$ loyalty draw run "autumn draw" --public "another number"
loyalty: The draw autumn draw was run on …; a draw is run once.
[40]

$ loyalty backup
Backup backups/loyalty-….zip: …
Proof of everything until now: …

# Who looks without a database is told what to do.
$ loyalty report members --program elsewhere/program.yaml
loyalty: There is no database …
  Run the command in the shop's folder, or make a new one with: loyalty init
[10]
