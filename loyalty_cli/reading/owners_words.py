"""What owners call the words of a file in their own languages: the file's words are English, their slips need not be.

Each line: the file's word, then what somebody may write for it. Letters are compared without their marks.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

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
at_least: od kwoty, co najmniej, minimum, минимум, не менее, cel puțin, from amount, od, от, de la, min
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
valid_for: ważny, ważność, ważne, действует, срок, valabil, valabilitate
basket_at_least: koszyk od, корзина от, coș minim
rewards: nagrody, награды, вознаграждения, recompense
when: kiedy, gdy, когда, când
give: daj, dać, дать, выдать, dă, oferă, gives, award, gift
gift: prezent, upominek, подарок, cadou
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
monday: poniedziałek, poniedziałki, понедельник, luni, mon
tuesday: wtorek, wtorki, вторник, marți, tue
wednesday: środa, środy, среда, miercuri, wed
thursday: czwartek, czwartki, четверг, joi, thu
friday: piątek, piątki, пятница, vineri, fri
saturday: sobota, soboty, суббота, sâmbătă, sat
sunday: niedziela, niedziele, воскресенье, duminică, sun
en: english, angielski, английский, engleză
pl: polish, polski, польский, poloneză, polnisch
ru: russian, rosyjski, русский, rusă
ro: romanian, rumuński, румынский, română
purchases: zakupy, sprzedaż, paragony, покупки, продажи, чеки, cumpărături, vânzări, bonuri, sales, receipts
members: uczestnicy, klienci, karty, участники, клиенты, membri, clienți, customers
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
card: karta, numer karty, карта, cardul
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
customer: klient, клиент, client
"""
# Cyrillic and Greek letters that look like Latin ones.
ALIKE = str.maketrans("авсеікмнорстухуѕјАВСЕІКМНОРТХΟοΑ", "abceikmhopctyxysjABCEIKMHOPTXOoA")


def bare(word: str) -> str:
    """A word without its letters' marks, its case and the signs between its parts."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters if not unicodedata.combining(sign)).split())


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


def looks_like(word: str, names: Iterable[str]) -> str | None:
    """Which of some names a word looks like that has letters of another alphabet among its own."""
    latin = word.translate(ALIKE)
    return next((name for name in names if name == latin), None) if latin != word else None
