from __future__ import annotations

import pytest

from loyalty_cli.books.journal import journal
from loyalty_cli.books.symfonia import symfonia
from loyalty_cli.model.bookkeeping import Bookkeeping
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import Currency
from tests.books.test_journal import CHANGES
from tests.books.test_journal import said
from tests.books.test_journal import ZLOTY

NUMBERS = {
    **Bookkeeping().accounts,
    "points": "845-01",
    "sales": "701",
    "points_used": "702",
    "points_lapsed": "703",
    "points_given": "409",
    "estimate": "704",
}


def written(accounts: dict[str, str] = NUMBERS, currency: Currency = ZLOTY) -> str:
    now = Bookkeeping(policy="deferral", accounts=accounts)
    made = journal(CHANGES, {}, now, first=day_from_iso("2027-02-01"), last=day_from_iso("2027-02-28"))
    return symfonia(made, currency, said).decode("cp1250")


def test_each_transaction_is_a_document_with_its_two_sides_in_words_and_numbers() -> None:
    head, *documents = written().split("Dokument{")
    assert head.startswith("INFO{\r\n\tNazwa programu ='loyalty' loyalty\r\n")
    # What was owed before February and the balances are not documents.
    assert len(documents) == 3
    assert documents[1].splitlines() == [
        "",
        "\tsymbol FK =PK",
        "\tkod =LOY/2027-02-10/1",
        "\topis =Rynek 5 *Główny: used",
        "\tdata =2027-02-10",
        "\tdatasp =2027-02-10",
        "\tkwota =3.00",
        "\tFK nazwa =LOY/2027-02-10/1",
        "\topis FK =Rynek 5 *Główny: used",
        "\tZapis{",
        "\t\tstrona =MA",
        "\t\tkwota =3.00",
        "\t\tkonto =702",
        "\t\tIdDlaRozliczen =1",
        "\t\topis =Rynek 5 *Główny: used",
        "\t\tNumerDok =LOY/2027-02-10/1",
        "\t\tPozycja =0",
        "\t\tZapisRownolegly =0",
        "\t}",
        "\tZapis{",
        "\t\tstrona =WN",
        "\t\tkwota =3.00",
        "\t\tkonto =845-01",
        "\t\tIdDlaRozliczen =2",
        "\t\topis =Rynek 5 *Główny: used",
        "\t\tNumerDok =LOY/2027-02-10/1",
        "\t\tPozycja =0",
        "\t\tZapisRownolegly =0",
        "\t}",
        "}",
    ]


def test_what_the_form_can_not_carry_is_refused() -> None:
    with pytest.raises(LoyaltyError, match="Symfonia has no account Income:Points:Estimate"):
        written(Bookkeeping().accounts)
    with pytest.raises(LoyaltyError, match="takes in PLN, not RON"):
        written(currency=Currency(code="RON", digits=2))
    now = Bookkeeping(policy="deferral", accounts=NUMBERS)
    made = journal(CHANGES, {}, now, first=day_from_iso("2027-02-01"), last=day_from_iso("2027-02-28"))
    with pytest.raises(LoyaltyError, match="no letter for М"):
        symfonia(made, ZLOTY, lambda _: "Москва")
