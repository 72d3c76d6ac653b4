"""What owners call the words of a file in their own languages: the file's words are English, their slips need not be.

Each line: the file's word, then what somebody may write for it. Letters are compared without their marks.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from loyalty_cli.model.look_alikes import ALIKE

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = """
program: nazwa, nazwa programu, название, программа, имя, nume, denumire, name
language: język, язык, limba, limbă
currency: waluta, валюта, moneda, monedă, valuta
timezone: strefa czasowa, strefa, часовой пояс, fus orar, fusul orar, time zone
country: kraj, страна, țara, țară
closed: zamknięte, nieczynne, закрыто, выходные, închis
starts: początek, start, start programu, od, начало, старт, începe, început, begins, from
ends: koniec, конец, окончание, sfârșit, se termină
stores: sklepy, sklep, магазины, магазин, magazine, magazin, shops
files: pliki, plik, файлы, файл, fișiere, fișier
layout: układ, układ pliku, разметка, aspect
tiers: poziomy, poziom, progi, уровни, уровень, niveluri, nivel, levels
ladder: drabina, лестница, scara, scară
at_least: od kwoty, co najmniej, minimum, минимум, не менее, cel puțin, from amount, od, от, de la, min, from
counted_over: liczone za, okres, период, perioada, perioadă, window, period, za okres, counted, окно
going_down: spadek, понижение, scădere
discount: rabat, zniżka, скидка, reducere, discaunt
benefits: korzyści, преимущества, beneficii
points: punkty, баллы, очки, puncte
earn: naliczanie, zbieranie, начисление, acumulare
for_every: za każde, за каждые, pentru fiecare
for_each: za każdą, за каждый, pentru fiecare vizită
multiply: razy, mnożnik, множитель, умножить, înmulțit cu, multiplicator
only: tylko, только, numai, doar
usable_after: do użycia po, доступны через, utilizabile după, pending, available_after, oczekiwanie
lapse_after: wygasają po, ważność punktów, сгорают через, expiră după, expire_after, expires_after, lapse, expiry, validity
lapse_after: termin ważności, срок действия, valabilitate
one_point_pays: wartość punktu, стоимость балла, valoarea punctului
pays_up_to: płacą do, оплачивают до, plătesc până la
discounts: rabaty, zniżki, скидки, reduceri
together: razem, вместе, împreună
offers: oferty, promocje, предложения, акции, oferte
coupons: kupony, купоны, cupoane, vouchers
coupon: kupon, купон, cupon, voucher
worth: wartość, стоимость, valoare, value
until: valid_until, valid_to, ważny do, действует до, valabil până la, expires, expires_on
valid_for: ważny, ważność, ważne, действует, срок, valabil, valabilitate
basket_at_least: koszyk od, корзина от, coș minim
rewards: nagrody, награды, вознаграждения, recompense
when: kiedy, gdy, когда, când
give: daj, dać, дать, выдать, dă, oferă, gives, award, gift
gift: prezent, upominek, подарок, cadou, choice_of_gifts
units: stamps, pieces, sztuki, pieczątki, штуки, штампы, bucăți, ștampile
badge: odznaka, значок, insignă
tickets: losy, los, билеты, билет, bilete, bilet
draws: losowania, losowanie, loterie, розыгрыши, розыгрыш, trageri, tombole, tombola
dates: daty, data, даты, дата, date, perioada
prizes: nagrody, призы, приз, premii, premiu
reserves: rezerwowi, резерв, запасные, rezerve
weekdays: dni tygodnia, дни недели, zilele săptămânii
hours: godziny, часы, ore, orele
categories: kategorie, kategoria, категории, категория, categorii, categorie, category
products: towary, produkty, товары, produse, product
groups: grupy, grupa, группы, группа, grupuri, grup
at_most: najwyżej, maksymalnie, не более, максимум, cel mult, maximum
one_purchase: zakup, jeden zakup, покупка, cumpărătură, purchase
spend: wydatki, zakupy za, потратить, сумма покупок, cheltuieli, money, turnover, kwota, obrót, сумма, оборот, sumă
visits: wizyty, посещения, визиты, vizite
birthday: urodziny, день рождения, zi de naștere
joined: dołączenie, вступление, înscriere
nightly: noc, nocą, co noc, ночь, ночью, noapte, noaptea
backup: kopia, kopia zapasowa, копия, резервная копия, copie, copie de rezervă
import: wczytaj, импорт, importă
recalc: przelicz, przeliczenie, пересчёт, recalculare, recalculate
terms: regulamin, правила, условия, regulament
by: według, wg, po, przez, по, după, prin, channel, channels
cards: karty, карты, carduri
books: księgi, księgowość, учёт, бухгалтерия, contabilitate, accounting
gifts: upominki, prezenty, подарки, cadouri
lost_after: lost, stracony po, потерян после, pierdut după
sleeping_after: asleep, uśpiony po, inactive_after, спит после, inactiv după
stages: etapy, этапы, etape
goals: cele, цели, obiective, targets
feedback: opinie, отзывы, păreri, reviews, surveys
sms: смс, esemes
email: mail, poczta, e_mail, почта, эл. почта, poștă
senders: nadawcy, отправители, expeditori, providers
margin: marża, маржа, наценка, marjă, adaos
set_up: wdrożenie, uruchomienie, запуск, внедрение, lansare, setup
costs: koszty, расходы, затраты, costuri, cost
control: kontrola, grupa kontrolna, контрольная группа, grup de control, holdout
segments: segmenty, сегменты, segmente, segment, audiences
contact: kontakt, контакты, contacte
subject: temat, тема, subiect, title
text: treść, tekst, текст, mesaj, body, message
messages: wiadomości, komunikaty, сообщения, mesaje, messaging, mailing
each_month: monthly, per_month, miesięcznie, co miesiąc, в месяц, ежемесячно, lunar, pe lună
yes: tak, да, da, true
no: nie, нет, nu, false
days: dni, dzień, dnia, день, дня, дней, дни, zile, zi, d
weeks: tygodnie, tygodni, tydzień, неделя, недели, недель, săptămâni, săptămână, w
months: miesiące, miesięcy, miesiąc, mies, месяц, месяца, месяцев, luni, lună, m
years: lata, lat, rok, год, года, лет, ani, an, y
monday: poniedziałek, poniedziałki, poniedziałku, понедельник, понедельника, luni, mon, mo, pon, pn, пн, lun
tuesday: wtorek, wtorki, wtorku, вторник, вторника, marți, tue, tu, wt, вт, mar
wednesday: środa, środy, среда, среды, среду, miercuri, wed, we, śr, ср, mie
thursday: czwartek, czwartki, czwartku, четверг, четверга, joi, thu, th, czw, cz, чт
friday: piątek, piątki, piątku, пятница, пятницы, пятницу, vineri, fri, fr, pt, пт, vin
saturday: sobota, soboty, sobotę, суббота, субботы, субботу, sâmbătă, sat, sa, sob, сб, sâm
sunday: niedziela, niedziele, niedzieli, воскресенье, воскресенья, duminică, sun, su, nd, niedz, вс, dum
weekend: weekendy, w weekend, выходные, по выходным, sfârșit de săptămână, weekenduri, week end
workdays: dni robocze, w tygodniu, будни, по будням, рабочие дни, zile lucrătoare, zilele lucrătoare, weekdays, working days
january: styczeń, stycznia, sty, январь, января, янв, ianuarie, ian, jan, januar
february: luty, lutego, lut, февраль, февраля, фев, februarie, feb, februar
march: marzec, marca, март, марта, мар, martie, mar, märz, mrz
april: kwiecień, kwietnia, kwi, апрель, апреля, апр, aprilie, apr
may: maj, maja, май, мая, mai
june: czerwiec, czerwca, cze, июнь, июня, июн, iunie, iun, jun, juni
july: lipiec, lipca, lip, июль, июля, июл, iulie, iul, jul, juli
august: sierpień, sierpnia, sie, август, августа, авг, aug
september: wrzesień, września, wrz, сентябрь, сентября, сен, septembrie, sep, sept
october: październik, października, paź, октябрь, октября, окт, octombrie, oct, oktober, okt
november: listopad, listopada, lis, ноябрь, ноября, ноя, noiembrie, noi, nov
december: grudzień, grudnia, gru, декабрь, декабря, дек, decembrie, dec, dezember, dez
never: nigdy, brak, bez terminu, bezterminowo, bez limitu, никогда, бессрочно, без срока, нет
never: niciodată, nelimitat, none, no, nie, nu, unlimited
6 months: pół roku, półrocze, полгода, полугодие, jumătate de an, half a year, half year
3 months: kwartał, квартал, trimestru, quarter
2 weeks: fortnight
lifetime: zawsze, cały czas, od początku, всегда, за всё время, mereu, tot timpul, all time, ever, forever
today: dzisiaj, dziś, сегодня, azi, astăzi
yesterday: wczoraj, вчера, ieri
tomorrow: jutro, завтра, mâine
calendar week: tydzień kalendarzowy, календарная неделя, săptămână calendaristică
calendar month: miesiąc kalendarzowy, календарный месяц, lună calendaristică
calendar quarter: kwartał, kwartał kalendarzowy, квартал, trimestru, quarter
calendar year: rok kalendarzowy, календарный год, an calendaristic
membership year: rok członkostwa, rok uczestnictwa, год участия, год членства, anul de membru
PL: polska, польша, polonia, poland, pol
RO: rumunia, румыния, românia, romania, rou
MD: mołdawia, молдова, молдавия, moldova, mda
RU: rosja, россия, рф, rusia, russia, rus
GB: wielka brytania, anglia, великобритания, marea britanie, great britain, united kingdom, england, uk
DE: niemcy, германия, germania, germany, deutschland
UA: ukraina, украина, ucraina, ukraine
BY: białoruś, беларусь, белоруссия, belarus
LT: litwa, литва, lituania, lithuania
LV: łotwa, латвия, letonia, latvia
EE: estonia, эстония
CZ: czechy, чехия, cehia, czechia, czech republic
SK: słowacja, словакия, slovacia, slovakia
HU: węgry, венгрия, ungaria, hungary
BG: bułgaria, болгария, bulgaria
KZ: kazachstan, казахстан, kazahstan, kazakhstan
en: english, angielski, английский, engleză
pl: polish, polski, польский, poloneză, polnisch
ru: russian, rosyjski, русский, rusă
ro: romanian, rumuński, румынский, română
purchases: zakupy, sprzedaż, paragony, покупки, продажи, чеки, cumpărături, vânzări, bonuri, sales, receipts
members: uczestnicy, członkowie, klienci, karty, участники, клиенты, membri, clienți, customers
products: towary, produkty, товары, produse
balances: salda, saldo, остатки, solduri
redemptions: wykorzystania, использования, utilizări
totals: sumy, итоги, totaluri
kind: rodzaj, вид, fel
encoding: kodowanie, кодировка, codificare
delimiter: separator, разделитель, delimitator
date_form: format daty, формат даты, format_daty, date_format
time_form: format czasu, формат времени, time_format
columns: kolumny, столбцы, колонки, coloane
receipt: paragon, nr paragonu, чек, bon, bon fiscal
date: data, дата
time: godzina, czas, время, ora
card: karta, numer karty, карта, cardul, customer, klient, клиент, client
product: towar, produkt, kod towaru, товар, produs
product_name: nazwa towaru, название товара, nume produs
category: kategoria, категория, categorie
quantity: ilość, количество, кол-во, cantitate
amount: kwota, wartość, сумма, sumă, valoare, total
store: sklep, магазин, magazin
Europe/Warsaw: warszawa, варшава, varșovia, polska, польша, polonia, poland, pl
Europe/Bucharest: bukareszt, бухарест, bucurești, rumunia, румыния, românia, romania, ro
Europe/Chisinau: kiszyniów, кишинёв, chișinău, moldova, mołdawia, молдова, md
Europe/Moscow: moskwa, москва, moscova, мск, msk
Europe/Kyiv: kijów, киев, київ, kiev
Europe/London: londyn, лондон, londra
Europe/Berlin: берлин
Europe/Kaliningrad: калининград
Europe/Samara: самара
Asia/Yekaterinburg: екатеринбург
Asia/Omsk: омск
Asia/Novosibirsk: новосибирск
Asia/Barnaul: барнаул
Asia/Krasnoyarsk: красноярск
Asia/Irkutsk: иркутск
Asia/Vladivostok: владивосток
Asia/Almaty: алматы, алма-ата
Europe/Minsk: минск, mińsk
café: kawiarnia, cukiernia, кафе, кофейня, cafenea, cofetărie, coffee shop
grocery: spożywczy, sklep spożywczy, spożywcza, продукты, продуктовый, băcănie, alimentară, groceries, food
fashion: moda, odzież, ubrania, мода, одежда, modă, haine, clothes
beauty: uroda, kosmetyki, красота, косметика, frumusețe, cosmetice, cosmetics
books: księgarnia, książki, книги, книжный, librărie, cărți, bookshop
home: dom, wnętrza, дом, товары для дома, casă
other: inna, inne, inny, другая, другое, иное, alta, altele
customer: klient, клиент, client
report: raport, raporty, отчёт, отчёты, rapoarte
status: stan, состояние, stare
explain: wyjaśnij, объясни, объяснить, explică, why
member: uczestnik, klient, участник, клиент, membru, customer
restore: przywróć, восстановить, restaurează
redeem: wykorzystaj, wymień, использовать, списать, folosește
check: sprawdź, проверить, проверка, verifică, validate, test
adopt: przyjmij, wdróż, принять, adoptă, apply
diff: porównaj, różnice, сравнить, compară, compare
inspect: obejrzyj, zbadaj, осмотреть, inspectează, look
find: znajdź, szukaj, найти, caută, search
add: dodaj, добавить, adaugă, new
close: zamknij, закрыть, închide
erase: usuń, удалить, șterge, delete, remove
init: nowy, utwórz, создать, creează, create, setup
activity: obroty, obrót, sprzedaż, оборот, продажи, vânzări, activitate, turnover, sales
expiring: wygasające, сгорающие, expiră, expires
liability: zobowiązania, обязательства, datorii
imports: importy, импорты, importuri
set-aside: odłożone, отложенные, puse deoparte
stores: sklepy, магазины, magazine
progress: postęp, прогресс, progres
moves: zmiany poziomów, движения, mișcări
"""

SHORTEST_OF_MONTH = 3
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def bare(word: str) -> str:
    """A word without its letters' marks, its case and the signs between its parts."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in unmarked(word)).split())


def unmarked(word: str) -> str:
    """A word without its letters' marks and its case, as it is typed where a keyboard has no such letters.

    >>> unmarked("Śpiący"), unmarked("wróć")
    ('spiacy', 'wroc')
    """
    letters = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@lru_cache
def by_owners_word() -> dict[str, list[str]]:
    """The file's words by what owners may write for them."""
    known: dict[str, list[str]] = {}
    for line in WORDS.strip().splitlines():
        word, _, others = line.partition(":")
        for other in others.split(","):
            known.setdefault(bare(other), []).append(word)
    return known


def in_english(word: str, names: Iterable[str]) -> str | None:
    """Which of some names somebody means who wrote it in another language."""
    meant = by_owners_word().get(bare(word), ())
    return next((name for name in names if name in meant), None)


def nearest_of(word: str, names: Iterable[str]) -> str | None:
    """Which of some names a word is, in English or in another language."""
    known = list(names)
    return next((name for name in known if bare(name) == bare(word)), None) or in_english(word, known)


def looks_like(word: str, names: Iterable[str]) -> str | None:
    """Which of some names a word looks like that has letters of another alphabet among its own."""
    latin = word.translate(ALIKE)
    return next((name for name in names if name == latin), None) if latin != word else None


def month_called(text: str) -> int:
    """The number of a month by its name in one of our languages, whole or shortened; 0 if it is none."""
    name = nearest_of(text, MONTHS)
    if name is None and len(begins := bare(text)) >= SHORTEST_OF_MONTH:
        # Shortened otherwise than usual, as февр. and sierp. are: the beginning of one month's name alone.
        meant = {month for word, months in by_owners_word().items() if word.startswith(begins) for month in months if month in MONTHS}
        name = meant.pop() if len(meant) == 1 else None
    return MONTHS.index(name) + 1 if name is not None else 0
