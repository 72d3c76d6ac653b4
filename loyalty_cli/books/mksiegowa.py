"""A journal as mKsiegowa.pl takes it in: "Import Pozycji Dziennika", a CSV with a line for each side of a document.

Evidence, grade A for the columns: the maker's own page (mksiegowa.pl/www/pl/import-dokumentow-ksiegowych-0) names each with its type and
shows a sample; debits are above nothing, credits below, amounts in złoty with a point, days as YYYY-MM-DD, fields parted by a semicolon
below a header. The page says that texts stand in apostrophes, and its sample has none: ours follows the sample, and no text has a
semicolon, apostrophe or quotation mark. How letters are written is chosen at the import: UTF-8. The program loaded no file of ours.

What it can not carry is refused: accounts that are words or longer than fifteen signs, another currency than the złoty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.books.documents import documents_of
from loyalty_cli.books.documents import POLISH
from loyalty_cli.books.documents import Takes
from loyalty_cli.books.journal_texts import plain
from loyalty_cli.model.days import iso

if TYPE_CHECKING:
    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal_texts import Said
    from loyalty_cli.model.money import Currency

COLUMNS = ("nr_ewid", "data_ks", "data_dok", "data_op", "konto", "projekt1", "projekt2", "kwota", "opis")
TAKES = Takes("mKsiegowa", "PLN", POLISH, "845-01", 15)
# A "tinytext" has 255 bytes, and no letter that is said has more than two.
LONGEST_TEXT = 127


def mksiegowa(journal: Journal, currency: Currency, said: Said) -> bytes:
    """The lines of some days; LoyaltyError for what the form can not carry."""
    lines = [";".join(COLUMNS)]
    for number, transaction in documents_of(journal, currency, TAKES):
        day = iso(transaction.day)
        text = plain(said(transaction).replace("'", " "))[:LONGEST_TEXT]
        for account, amount in transaction.postings:
            lines += [";".join((number, day, day, day, account, "", "", currency.plain(amount), text))]
    return "\r\n".join([*lines, ""]).encode()
