"""The words of labels that tell what came back from what was sold."""

from __future__ import annotations

from loyalty_cli.importers.called_off import SAY_CALLED_OFF
from loyalty_cli.importers.called_off import UNDONE
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import listed
from loyalty_cli.importers.inspecting.header_words import plain_words
from loyalty_cli.importers.layouts.labels import calls_off

RETURNS = """zw; kpa; kfs; korekta paragonu; zwrot towaru; zwrot detaliczny; возврат товара; возврат от покупателя; чек возврата;
    возврат покупателя; retur marfa; retur marfă; nota de credit; notă de credit; credit note; credit memo; refunded; return sale;
        refund; return; returned; refunds; payback; zwrot; zwroty; korekta; возврат; возврат продажи; возврат прихода; retur; returnare;
    storno; rückgabe; rückerstattung; retoure; r; ret; 40"""
# What may stand among other words, as in Zwrot do paragonu, Bon retur or Чек на возврат.
RETURNS_AMONG = """refund; refunds; return; returns; returned; zwrot; zwroty; korekta; возврат; возвратный; retur; returnare; stornare;
    rückgabe; retoure"""
# Beside such a word nothing came back, either: Return not accepted.
NOT = "no; not; nie; не; keine"
# What calls a return off; a Storno is one itself.
CALL_RETURNS_OFF = SAY_CALLED_OFF - {"storn*"}
SALES = """pa; par; paragon fiskalny; paragon imienny; fa; fv; faktura; faktura vat; invoice; фактура; счет; factura; factură; rechnung;
    sprzedaż detaliczna; zakup klienta; розничная продажа; реализация; чек продажи; bon de casa;
        vânzare cu amănuntul; sale; sales; sell; payment; purchase; sprzedaż; zakup; paragon; продажа; приход; чек; vanzare; vânzare; bon;
        bon fiscal;
    verkauf; beleg; verkäufe; receipt; s; 30"""


def is_return(label: str) -> bool:
    """Whether a label of kinds says that goods came back: by one of the labels we know, or by a word among others.

    >>> [label for label in ("Bon retur", "Zwrot anulowany", "Wniosek o zwrot", "Return without receipt") if is_return(label)]
    ['Bon retur', 'Return without receipt']
    """
    return is_one_of(label, RETURNS) or has_return_word(label)


def has_return_word(label: str) -> bool:
    """Whether a label has a word for returns in it, and none that says that nothing came back."""
    words = set(plain_words(label).split())
    said_not = listed(NOT) & words or UNDONE.search(label.casefold()) or calls_off(label, CALL_RETURNS_OFF)
    return bool(listed(RETURNS_AMONG) & words) and not said_not
