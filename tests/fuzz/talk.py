"""Files by which a shop talks with its members and its tills, whole: answers, events, codes, consents, mails, baskets, targets, blocks."""

from __future__ import annotations

PROGRAM = """\
program: Corner Club
language: pl
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers: {by: spend, counted_over: lifetime, going_down: never, ladder: {guest: {at_least: 0}, friend: {at_least: 300}}}
discounts:
  offers:
    friends: {discount: 5%, only: {tiers: [friend]}}
    growing: {by: spend so far, discount: {2000: 5%}}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    tea: {points: 2, for_every: 1.00, only: {products: [H01]}, control: 10%}
  lapse_after: 12 months
  one_point_pays: 0.05
  gifts: {mug: 20}
gifts:
  mug: {stock: 3}
coupons:
  voucher: {worth: 50.00, valid_for: 90 days, remainder: is kept}
  sorry: {worth: 20.00, valid_for: 30 days}
segments:
  spring: {birthday_in: [may, june]}
  regulars: {visits: {at_least: 3, counted_over: 90 days}}
  the best: {best: {share: 10%, counted_over: 12 months}}
  gone: {not_here_for: 60 days}
rewards:
  big: {when: {one_purchase: 60.00, only: {segments: [regulars]}}, give: {coupon: voucher}}
  survey: {when: {event: survey}, give: {points: 7}}
  back: {when: {absence: 60 days}, give: {points: 20}, at_most: once in 90 days, control: 10%}
feedback: {complaint_at: 6, settle_within: 3 days, reviews: {Map: "https://map.example/corner"}}
messages:
  thanks: {when: {one_purchase: 50.00}, by: email, subject: Thanks, text: {pl: "{Drogi|Droga} {first_name}!", en: "Thank you!"}}
  statement: {when: {each_month: 1}, by: sms, text: "{points} points", priority: 2}
  soon: {when: {points_lapse: 14 days before}, by: sms, text: "{lapsing} lapse on {lapse_day}", at_most: once in 30 days}
  how was it: {when: {one_purchase: 20.00}, purpose: survey, by: email, text: "From 0 to 10?"}
senders:
  email: {by: eml, sender: Club <club@shop.example>, unsubscribe: leave@shop.example}
costs: {set_up: {cards: 300.00}, each_month: {tool: 49.00, letters: {amount: 20.00, since: 2026-03-01, until: 2026-06-30}}, margin: 30%}
goals: {ours: {turnover_with_card: 40%}, again: {come_back: 30%, within: 60 days}}
nightly: [recalc, coupons, messages]
"""
BOUGHT = "date,time,store,receipt,card,product,quantity,amount\n" + "".join(
    f"2026-11-{17 + n % 3},10:{n:02}:00,Market,N{n},29{n % 6:05},H0{n % 4},1,{40 + n}.50\n" for n in range(30)
)
PEOPLE = "card,name,email,phone,consents\n" + "".join(f"29{n:05},Ewa Lis {n},m{n}@x.example,60010020{n},email\n" for n in range(6))
AGREED = "card,date,channel,purpose,agreed\n" + "".join(f"29{n:05},2026-11-01,email,survey,yes\n" for n in range(6))
EVENTS = "card,number,date,event,key\n2900001,,2026-11-18,survey,e1\n2900002,,2026-11-18,survey,e2\n2900003,,2026-11-18,survey,\n"
CODES = "code,note\nAAA111,x\nBBB222,y\nCCC333,\n"
CONSENTS = """\
card,date,channel,purpose,agreed,wording,version,source,proof
2900001,2026-11-10,sms,advertising,yes,I agree,2,paper,17
2900002,2026-11-10,email,,no,,,,
2900003,2026-11-11,phone,survey,asked,,,web form,
"""
FORMS = (
    "card,date,score,text,key\n2900001,2026-11-19,9,Fine,a1\n2900002,2026-11-19,3,Slow,a2\n",
    (
        "Timestamp,Email Address,How likely are you to recommend us?,What could we do better?\n"
        '2026/11/20 3:04:05 PM GMT+1,m1@x.example,9,"More tea, please"\n2026/11/20 9:00:00 AM GMT+1,m2@x.example,3,\n'
    ),
    "Sygnatura czasowa,Numer karty,Czy nas polecisz?,Uwagi\n2026-11-20 15:04:05,2900001,10,Miło\n",
    (
        "ID,Start time,Completion time,Email,Name,Your e-mail,Score,What was good?\n"
        "1,2026-11-20 10:00:00,2026-11-20 10:01:00,anonymous,,m1@x.example,8,Fabrics\n"
    ),
    (
        "#,How was it?,Tell us more,card,receipt,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags\n"
        "ab12,9,Fine,2900001,17,completed,2026-11-20 09:00:00,,2026-11-20 09:01:00,n1,\n"
    ),
    '"id","submitdate","lastpage","startlanguage","seed","card","nps","why"\n"1","2026-11-20 09:01:00","2","pl","123","2900001","7","Q"\n',
)
MAILS = """\
From m1@x.example Thu Nov 19 10:00:00 2026
From: =?utf-8?q?Zofia_=C5=81?= <m1@x.example>
To: Club <club@shop.example>
Message-ID: <r1@x.example>
In-Reply-To: <KEY@shop.example>
Date: Thu, 19 Nov 2026 10:00:00 +0100
Subject: =?utf-8?b?T2Rwb3dpZWTFug==?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset="iso-8859-2"
Content-Transfer-Encoding: quoted-printable

9 =B1 bardzo dobrze
> 3
--b1
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+OTwvcD4=
--b1--

From MAILER-DAEMON Thu Nov 19 10:00:00 2026
From: Mail Delivery System <MAILER-DAEMON@mx.example>
Message-ID: <b1@mx.example>
Date: Thu, 19 Nov 2026 11:00:00 +0100
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b2"

--b2
Content-Type: text/plain

550 5.1.1 unknown
--b2
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; m2@x.example
Action: failed
Status: 5.1.1

--b2
Content-Type: text/rfc822-headers

Message-ID: <KEY@shop.example>
--b2--

From m3@x.example Thu Nov 19 10:00:00 2026
From: m3@x.example
Message-ID: <r3@x.example>
Date: Thu, 19 Nov 2026 12:00:00 +0100
Auto-Submitted: no
Subject: STOP

STOP
"""
BASKETS = (
    "id;card;amount;points;store;at\nx1;2900001;80,00;most;Market;2026-11-20 10:00\nx2;2900002;200.00;;;\n",
    (
        '{"card": "2900001", "lines": [{"price": 12.10, "quantity": 2, "product": "H01"}, {"amount": "3.00"}]}\n'
        '{"card": 2900002, "amount": 80, "coupons": ["ABC"], "points": "20", "at": "2026-11-20 10:00"}\n'
    ),
    '[{"card": "2900001", "amount": "80.00", "id": "a"}, {"amount": "5.00"}]',
)
TO_GIVE = "card,count,key\n2900001,5,a\n2900002,7,b\n2900003,9,\n"
TO_ASSIGN = "receipt,card,store\nN1,2900005,Market\nN2,2900004,Market\n"
LEFT = "address;when\nm3@x.example;2026-11-01\nEwa <m4@x.example>;\n+48 600 100 202;\n"
TARGET = """\
rows: cards
encoding: utf-8-sig
delimiter: ";"
decimal_mark: ","
date_form: DD.MM.YYYY
columns:
  Card: card
  Name: name
  Points: points
  Tier: tier
  Fixed: =club
"""
