"""What tills, shops and lists call their columns in English, Polish, Russian, Romanian and German."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

# Names in brackets and marks other than those of a number say nothing of what a column holds; OrderTotal is two words.
SAID_BESIDE = re.compile(r"\([^()]*\)|\[[^][]*\]")
STROKES = str.maketrans("łŁ", "lL")
NUMBER_SIGNS = str.maketrans({"№": " номер ", "#": " no "})
NO_WORD = re.compile(r"[^\w%]+|_|(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")

# What a row says that points paid of it, in money.
PAID_BY_POINTS = """paid by loyalty; paid with points; paid by points; zapłacono punktami; opłacono punktami; оплачено баллами;
    оплата бонусами; оплачено бонусами; platit cu puncte; plătit cu puncte; points value; points amount; loyalty amount;
    redeemed reward points amount; wartość punktów; kwota z punktów; сумма баллов; сумма бонусов; valoare puncte; valoarea punctelor"""

WORDS: dict[str, str] = {
    "receipt": """receipt; nr doc; doc no; receipt number; receipt no; receipt id; transaction id; transaction number;
        transaction; order id; order number; order; order no; invoice; dokument; invoice no; invoice number; document;
        document number; bill; check number; check; check id; ticket; slip; slip no; slip number; doc; basket id; order ref;
        reference; sale id; sale no; sale number; bill no; bill number; payment id; paragon; nr paragonu; numer paragonu;
        nr dok; dowód; nr dowodu; dowód sprzedaży; nr zamówienia; numer zamówienia; id zamówienia; nr dokumentu;
        numer dokumentu; numer; nr rachunku; nr; nr transakcji; numer transakcji; identyfikator; zamówienie; faktura;
        nr faktury; numer faktury; rachunek; numer rachunku; transakcja; id transakcji; id paragonu; nr par; чек; номер чека;
        чек №; № чека; № заказа; № документа; документ; номер документа; номер заказа; заказ; ид чека; id чека; продажа №;
        номер продажи; id продажи; id заказа; счёт; номер счёта; накладная; номер накладной; фд; номер фд; bon; nr bon;
        numar bon; număr bon; bon fiscal; nr bon fiscal; numar document; nr document; nr comanda; nr comandă; numar comanda;
        comanda; comandă; factura; nr factura; id comanda; nr facturii; nr bonului; bonul; chitanță; nr chitanță; tranzacție;
        nr tranzacție; id tranzacție; vânzare nr; nr vânzare; bestellung; auftrag; kassenbon; beleg; belegnummer; bonnummer;
        bon nr; beleg nr; rechnung; rechnungsnummer; transaktionsnummer; bestellnummer""",
    "date": """date; day; sale date; business date; order date; transaction date; purchase date; created at; created; timestamp;
        datetime; date time; paid at; when; sold on; sold at; placed; placed on; placed at; invoice date; invoicedate;
        closed at; time stamp; data; data sprzedaży; data paragonu; data wystawienia; data zamówienia; data transakcji; dzień;
        data i godzina; data i czas; data i godz; kiedy; data zakupu; data operacji; дата; дата продажи; дата чека;
        учетный день; учётный день; дата и время; дата операции; дата учета; день; дата заказа; момент; когда; создан; создано;
        период; дата документа; открыт; закрыт; время открытия; время закрытия; opened; opened at; closed; otwarto; zamknięto;
        data otwarcia; data zamknięcia; deschis; închis; data închiderii; as of; balance date; data salda; stan na dzień;
        saldo na dzień; дата остатка; остаток на дату; data sold; data soldului; data vanzarii; data vânzării; data bon;
        data bonului; data comenzii; ziua; moment; momentul; când; data document; data si ora; data și ora; data cumparaturii;
        data cumpărăturii; дата покупки; datum; verkaufsdatum; belegdatum; buchungsdatum; bestelldatum; tag""",
    "time": """time; hour; sale time; transaction time; godzina; czas; godz; godzina sprzedaży; godzina paragonu;
        время; час; время продажи; время чека; ora; ora vanzarii; ora bonului; timp; zeit; uhrzeit""",
    "store": """store; shop; location; branch; outlet; store name; store id; shop name;
        sklep; oddział; punkt; punkt sprzedaży; placówka; nazwa sklepu;
        магазин; торговая точка; точка; подразделение; торговое предприятие; филиал;
        magazin; punct de lucru; locatie; locație; filiala; filiale; laden; geschäft; standort; shop""",
    "card": """card; card number; card no; loyalty card; customer card; member card; customer id; customer code; club card;
        card code; membership card; rewards card; loyalty id; loyalty number; loyalty no; customer number; customer no;
        customer reference id; member id; household id; client id; card id; customerid; membership; membership id; member code;
        karta; nr karty; numer karty; karta klienta; nr karty klienta; karta lojalnościowa; id klienta; nr klienta;
        numer klienta; kod klienta; karta klubowa; karta klubowicza; karta stałego klienta; kod karty; карта; номер карты;
        номер дисконтной карты; карта клиента; номер карты клиента; дисконтная карта; бонусная карта; карта лояльности;
        карта покупателя; карта постоянного покупателя; код карты; код клиента; id клиента; card client; card fidelitate;
        card de fidelitate; cod card; card bonus; nr card; numar card; număr card; cod client; id client; nr client; karte;
        kartennummer; kundenkarte; kundennummer; kunden nr; kunde""",
    "product": """sku; product code; item code; item no; item number; article; article number; stockcode; stock code;
        product id; item id; gtin; ean; barcode; plu; upc; lineitem sku; product; kod; kod towaru; kod produktu; kod kreskowy;
        indeks; symbol; kod ean; id produktu; код; артикул; штрихкод; штрих код; код товара; код1с; баркод; cod; cod produs;
        cod articol; cod bare; cod de bare; pnk; articol; artikelnummer; artikel nr; art nr; artikel""",
    "product_name": """product name; item; item name; description; product title; lineitem name; name of product; title;
        article name; goods; items; produkty; artykuły; товары; produse; articole;
        nazwa; nazwa towaru; nazwa produktu; towar; produkt; opis; pozycja; nazwa pozycji; asortyment;
        товар; наименование; название; продукт; товарная позиция; номенклатура; номенкулатура; блюдо; наименование товара;
        название товара; позиция; usługa; nazwa usługi; услуга; serviciu; serviciul; denumirea; descriere;
        produs; nume produs; denumire; denumire produs; denumire articol; nume;
        bezeichnung; artikelbezeichnung; artikelname; beschreibung; produkt; produktname;
        artykuł; nazwa artykułu; название артикула; product; article; articol; artikel""",
    "category": """category; product category; department; group; product group; commodity; category name;
        kategoria; grupa; grupa towarowa; dział; категория; группа; группа товаров; отдел;
        categorie; grupa; grupă; departament; kategorie; warengruppe; abteilung""",
    "quantity": """quantity; qty; count; items sold; units; pieces; pcs; lineitem quantity; number of items; volume;
        ilość; liczba; szt; sztuk; ilość sztuk; количество; кол во; колво; кол; количество блюд; шт; продано;
        cantitate; cant; buc; bucati; bucăți; nr buc; menge; anzahl; stück; stk""",
    "amount": """amount; net sales; total; line total; sales value; value; line amount; sum; paid; total collected; revenue;
        subtotal; amount paid; sales; net amount; gross amount; sale amount; line value; total price; final price; to pay;
        amount due; due; gross; gross total; total gross; utarg; kwota; wartość; wartość brutto; brutto; kwota brutto;
        wartość sprzedaży; suma; sprzedaż; sprzedaż brutto; do zapłaty; cena końcowa; należność; zapłata; wartość po rabacie;
        obrót; razem; zapłacono; kwota po rabacie; сумма; сумма со скидкой; итого; стоимость; сумма продажи; выручка; к оплате;
        сумма к оплате; сумма по строке; всего; оплачено; valoare; valoare totala; valoare totală; valoare cu tva; total linie;
        valoare vanzare; suma platita; valoare platita; valoare plătită; suma plătită; de plată; total de plata; betrag; summe;
        gesamtbetrag; umsatz; gesamt; zeilensumme; preis brutto; bruttobetrag""",
    "price": """price; unit price; item price; lineitem price; price with vat; gross price; unitprice; price each; price per unit;
        cena; cena jedn; cena jednostkowa; cena brutto; cena sprzedaży; cena detaliczna; цена; цена за единицу; цена со скидкой;
        preț; pret; preț unitar; pret unitar; pret cu tva; preț cu tva; pret vanzare; preis; einzelpreis; stückpreis""",
    "discount": """discount; discounts; promo; line discount; discount amount; lineitem discount; disc; rabatt; reducere; valoare reducere;
        valoare discount; valoarea reducerii; rabat; upust; kwota rabatu; wartość rabatu; wartość upustu; kwota upustu; udzielony rabat;
        % rabatu; % upustu; procent rabatu; zniżka; скидка; сумма скидки; сумма скидок; сумма скидки по позиции; процент скидки;
        % скидки; размер скидки""",
    "vat": """vat; vat rate; tax rate; tax code; stawka vat; vat %; stawka; ставка ндс; ндс; cota tva; tva; tva %;
        steuersatz; mwst; ust; mwst satz""",
    "total": """order total; receipt total; total price of order; invoice total; grand total; order amount; basket total;
        wartość zamówienia; suma zamówienia; suma paragonu; wartość paragonu; razem paragon; kwota zamówienia; wartość dokumentu;
        итог чека; сумма чека; сумма заказа; итого по чеку; сумма документа;
        total comanda; total comandă; valoare comanda; valoare comandă; total bon; valoare bon; total document;
        belegsumme; bestellwert; rechnungsbetrag; bonsumme; total receipt""",
    "cashier": """cashier; cashier name; employee; staff; operator; seller; user; served by; salesperson;
        kasjer; sprzedawca; kelner; pracownik; obsługa; кассир; продавец; оператор; официант; сотрудник;
        casier; operator; vanzator; vânzător; ospatar; kassierer; mitarbeiter; verkäufer; bediener; kellner""",
    "till": """till; pos; register; till id; register id; device; device name; terminal; pos name; cash register; till no;
        kasa; nr kasy; numer kasy; stanowisko; id kasy; касса; номер кассы; название кассы; ид кассы; id кассы; терминал;
        casa; casă; casa de marcat; nr casa; pos; kasse; kassennummer; kassen nr""",
    "kind": """type; receipt type; event type; transaction type; line type; document type; sale type; record type; operation;
        typ; rodzaj; typ dokumentu; rodzaj dokumentu; typ transakcji; operacja;
        тип; вид операции; тип операции; операция; тип чека; тип документа; вид документа; тип строки; признак расчета;
        tip; tip document; tip operatie; tip operațiune; operațiune; tip miscare; tip tranzactie; belegart; vorgang; art; belegtyp""",
    "currency": """currency; currency code; waluta; валюта; moneda; monedă; valuta; valută; währung""",
    "paid_by_loyalty": f"""loyalty discount; coupon value; voucher value; wartość kuponu; скидка бонусами; скидка баллами; loyalty;
        reducere puncte; points used; points redeemed; списано бонусов; {PAID_BY_POINTS}""",
    "original_receipt": """original receipt; zwrot do; zwrot do paragonu; dokument korygowany; korekta do; возврат к чеку;
        retur la bonul; original receipt number; refund of; return against; returned receipt; original slip; original order;
        paragon pierwotny; paragon źródłowy; nr paragonu pierwotnego; исходный чек; чек основание; чек продажи; bon original;
        bon initial; originalbeleg; original""",
    "refunded": """refunded amount; total refunded; amount refunded; refunded; refunds total; refund amount;
        order refund amount; zwrócono; kwota zwrotu; возвращено; сумма возврата; suma rambursata; rambursat; erstattet""",
    "cancelled": """cancelled; canceled; cancelled at; canceled at; voided; void; anulowany; anulowano; anulowane;
        storno; stornowany; отменен; отменён; аннулирован; отмена; anulat; stornat; storniert""",
    "status": """status; state; order status; status zamówienia; stan; stan zamówienia; статус; состояние; статус заказа;
        stare; stare comanda; status comanda; stage; etap; etap zamówienia; этап; этап заказа; etapă; etapa""",
    "name": """name; full name; customer name; member name; first name; customer; client; buyer; member;
        nabywca; kontrahent; uczestnik; участник; контрагент; membru; mitglied;
        imię i nazwisko; imię; nazwisko; klient; nazwa klienta; kupujący; фио; имя; клиент; покупатель; имя клиента;
        nazwisko i imię; posiadacz karty; владелец карты; фамилия имя отчество; фамилия имя; titular card; nume complet;
        фамилия; отчество; prenume; last name; family name; surname; forename; nachname;
        nume; nume si prenume; nume și prenume; nume client; client; cumparator; name des kunden; kundenname; vorname""",
    "number": """member number; member no; member; number; membership number; nr członka; numer członka; номер участника;
        numar membru; număr membru; mitgliedsnummer""",
    "phone": """phone; mobile; telephone; phone number; mobile phone; customer phone; telefon; komórka; nr telefonu; tel;
        telefon kontaktowy; numer telefonu; мобильный телефон; моб телефон; сотовый; telefon contact; numar telefon; număr telefon;
        телефон; мобильный; номер телефона; telefon mobil; nr telefon; handy; telefonnummer""",
    "email": """email; e mail; mail; email address; customer email; adres e mail; adres email; почта; эл почта; электронная почта;
        adresa email; email клиента""",
    "birthday": """birthday; date of birth; birth date; birthdate; dob; data urodzenia; urodziny; дата рождения; день рождения;
        data nasterii; data nașterii; zi de nastere; geburtstag; geburtsdatum;
        data ur; ur; urodzony; dzień urodzenia; data urodz; др; д р; дата рожд; data nașt; născut; birth""",
    "joined": """joined; joined at; member since; registration date; registered; enrolled; data rejestracji; data dołączenia;
        data przystąpienia; data zapisania; data wpisu; zapisany; zapisana; дата записи; дата анкеты; дата подключения;
        data inscrierii; data înscrierii; inscris la; înscris la; join date; date joined; joining date;
        data zapisu; data wydania karty; customer since; signup date; signed up; data założenia; klient od; w programie od;
        date registered; registration; sign up; дата вступления;
        дата выдачи карты; дата выдачи; участник с; data aderării; data aderarii; data emiterii cardului; membru din; client din;
        kunde seit;
        członek od; дата регистрации; data inregistrarii; data înregistrării; beitritt; mitglied seit""",
    "groups": """group; grupa; группа; grup; grupă; segment; groups; member groups; customer group; grupy; grupa klientów; группы;
        группа клиента; grupuri; grup client;
        gruppen; kundengruppe""",
    "language": """language; język; jezyk; язык; limba; sprache""",
    "consents": """consents; consent; marketing consent; opt in; zgody; zgoda; zgoda marketingowa; согласия; согласие;
        acorduri; acord; einwilligung; einwilligungen""",
    "blocked": """blocked; zablokowany; zablokowana; заблокирован; blocat; gesperrt""",
    "code": """code; kod; код; cod""",
    "cost": """cost; cost price; purchase price; koszt; cena zakupu; себестоимость; закупочная цена; pret achizitie; einkaufspreis;
        cena zak; koszt zakupu; cena nabycia; закуп; закуп цена; цена закупки; preț achiziție; cost achiziție""",
    "floor_price": """floor price; minimum price; lowest price; cena minimalna; минимальная цена; pret minim; mindestpreis;
        min price; cena min; min cena; najniższa cena; мин цена; цена мин; preț minim; preț min""",
    "excluded": """excluded; no discount; bez rabatu; wykluczony; исключён; исключен; без скидки; exclus; fara discount""",
    "event": """event; zdarzenie; событие; eveniment; ereignis""",
    "coupon": """coupon; coupon code; voucher; voucher code; kupon; kod kuponu; bon rabatowy; купон; код купона;
        промокод; cupon; cod cupon; gutschein""",
    "points": """points; balance; points balance; loyalty points; punkty; saldo punktów; stan punktów; баллы; бонусы; остаток баллов;
        liczba punktów; количество баллов; кол во баллов; numar puncte; număr puncte; puncte acumulate;
        баланс; puncte; sold puncte; punkte; punktestand; points used; points redeemed; punkty wykorzystane; wykorzystane punkty;
        списано баллов; использовано баллов; puncte folosite; puncte utilizate""",
    "wallet": """wallet; points wallet; portfel; portfel punktów; кошелёк; кошелек; portofel; portofel de puncte""",
    "usable_through": """expires; expiry; valid until; usable through; expiry date; ważne do; data ważności; действует до; срок действия;
        годен до;
        valabil pana la; valabil până la; expira; data expirarii; data expirării; gültig bis;
        expires on; valid through; ważność; punkty ważne do; действительны до; сгорают; valabile până la; valabilitate""",
    "tier": """tier; level; status level; poziom; próg; уровень; nivel; stufe""",
    "spent": """spent; total spent; lifetime value; turnover; wydano; łączne zakupy; потрачено; сумма покупок; cheltuit; ausgegeben""",
    "visits": """visits; number of visits; total visits; wizyty; liczba wizyt; визиты; посещения; vizite; besuche""",
    "receipts": """receipts; number of receipts; liczba paragonów; ilość paragonów; число чеков; кол во чеков; количество чеков; чеков;
        numar bonuri; nr bonuri; anzahl belege; transactions; orders""",
    "first_receipt": """first receipt; first number; pierwszy paragon; pierwszy; первый чек; первый; primul; primul bon; erster beleg""",
    "last_receipt": """last receipt; last number; ostatni paragon; ostatni; последний чек; последний; ultimul;
        ultimul bon; letzter beleg""",
}  # fmt: skip

TOTALS = """total; totals; grand total; sum; razem; suma; ogółem; łącznie; podsumowanie; итого; всего; итог; total general;
    suma totala; gesamt; summe; gesamtsumme; subtotal; raport; koniec; конец"""
# Words in a column's name: that it is after a discount, without VAT, with VAT, or the tax alone.
AFTER_DISCOUNT = (
    "po rabacie", "po rabatach", "do zapłaty", "zapłacono", "со скидкой", "с учетом скидки", "с учётом скидки", "к оплате", "оплачено",
    "после скидки", "cu reducere", "dupa reducere", "după reducere", "de plata", "de plată", "platit", "plătit", "after discount", "paid",
    "net sales", "discounted", "nach rabatt",
)  # fmt: skip
BEFORE_DISCOUNT = (
    "przed rabatem", "przed rabatami", "bez rabatu", "без скидки", "без учета скидки", "без учёта скидки", "до скидки", "fara reducere",
    "fără reducere", "inainte de reducere", "înainte de reducere", "before discount", "gross sales", "vor rabatt",
)  # fmt: skip
NET = (
    "net", "netto", "bez vat", "bez podatku", "без ндс", "без учета ндс", "без учёта ндс", "без налога", "fara tva", "fără tva",
    "excl vat", "ex vat", "without vat", "excluding vat", "excl tax", "ohne mwst",
)  # fmt: skip
TAX = ("vat", "tax", "taxes", "podatek", "podatku", "ндс", "налог", "налога", "tva", "mwst", "ust", "steuer")
WITH_OR_WITHOUT = (
    *NET, "with", "without", "incl", "inc", "including", "included", "inclusive", "excl", "excluding", "excluded",
    "before tax", "after tax", "z vat", "brutto", "gross", "с ндс", "с учетом", "с учётом", "вкл", "включая",
    "с налогом", "z podatkiem", "cu tva", "inclus", "inclusă", "inclusa", "inkl", "zzgl", "rate", "stawka",
    "ставка", "cota",
)  # fmt: skip
# Words in the names of columns of what is no goods, whatever it costs.
DELIVERY = ("shipping", "delivery", "postage", "dostawy", "dostawa", "wysyłki", "wysyłka", "przesyłki", "доставка", "доставки", "livrare",
    "livrării", "transport", "versand", "tip", "tips", "napiwek", "чаевые", "bacșiș")  # fmt: skip
# Where such a word stands before the delivery, the column is an amount with it or without: Total incl. shipping.
BESIDE = ("with", "incl", "inc", "including", "included", "inclusive", "without", "excl", "excluding", "z", "wraz", "łącznie", "bez", "с",
    "включая", "вкл", "без", "cu", "inclus", "inclusiv", "fără", "fara", "inkl", "mit", "ohne")  # fmt: skip
# Names of columns that only count the rows.
COUNTERS = """lp; l p; no; nr; nr crt; crt; #; №; № п п; п п; № пп; row; row no; line; line no; pos; poz; lfd nr; nr linii; nr poz"""

# Words in names of columns that say how a receipt was paid.
PAYMENT = (
    *("payment", "płatności", "płatność", "zapłaty", "zapłata", "оплаты", "оплата", "платежа"),
    *("plată", "plata", "plății", "platii", "tender", "terminal", "zahlung"),
)
# Names of columns that say yes where goods came back.
RETURN_FLAGS = "is return; return; returned; zwrot; czy zwrot; возврат; retur; is refund; refund"

LINES = """item; line item; sale line; sale item; product; line; pozycja; towar; товар; позиция; produs; articol;
        artikel; position; line sale"""
PAID_OTHERWISE = """payment; tender; payments; płatność; оплата; plata; plată; zahlung"""
YES = """yes; tak; да; da; ja; true; 1; x; t; y"""
NO = """no; nie; нет; nu; nein; false; 0; f; n"""


def plain_words(name: str) -> str:
    """A name as it is compared: small letters without their marks, without brackets, signs and doubled blanks."""
    name = name.translate(NUMBER_SIGNS)
    bare = " ".join(NO_WORD.sub(" ", SAID_BESIDE.sub(" ", name)).split())
    return without_marks((bare or " ".join(NO_WORD.sub(" ", name).split())).casefold())


def without_marks(text: str) -> str:
    """Letters as tills write them that know no others: ilosc for ilość, pret for preț with a comma or a cedilla.

    >>> without_marks("ilość, preț, счёт, Łódź")
    'ilosc, pret, счет, Lodz'
    """
    apart = unicodedata.normalize("NFD", text.translate(STROKES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def listed(text: str) -> frozenset[str]:
    """The words of a list as they are compared."""
    return frozenset(plain_words(word) for word in text.split(";"))


NAMES = {word: listed(text) for word, text in WORDS.items()}


# How well a name says what a column holds that is one of the names we know; another may have any word in it.
SURELY = 100


@lru_cache(maxsize=10_000)
def words_for(name: str) -> Mapping[str, int]:
    """What a column of this name may hold, with how well the name says so."""
    bare = plain_words(name)
    found = {}
    for word, names in NAMES.items():
        if bare in names:
            found[word] = SURELY
            continue
        inside = [len(each) for each in names if len(each) > 3 and f" {each} " in f" {bare} "]
        if inside:
            found[word] = 30 + min(60, 60 * max(inside) // len(bare))
    return found


def is_one_of(label: str, names: str) -> bool:
    """Whether a label is one of a list's words."""
    return plain_words(label) in listed(names)


def has_word_of(name: str, words: Iterable[str]) -> bool:
    """Whether a column's name has one of some words in it."""
    bare = f" {' '.join(NO_WORD.sub(' ', name).split()).casefold()} "
    return any(f" {word} " in bare for word in words)


def is_tax(name: str) -> bool:
    """Whether a column is called the tax alone, neither its rate nor an amount with or without it."""
    return has_word_of(name, TAX) and not has_word_of(name, WITH_OR_WITHOUT)


def is_delivery(name: str) -> bool:
    """Whether a column is called what was paid for the delivery, and not an amount with it or without."""
    words = NO_WORD.sub(" ", name).casefold().split()
    place = next((place for place, word in enumerate(words) if word in DELIVERY), None)
    return place is not None and not set(BESIDE).intersection(words[:place])
