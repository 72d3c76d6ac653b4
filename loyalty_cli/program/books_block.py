"""The `books:` block: how an accountant reckons what is owed for points, and the names of the accounts."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import cast

from loyalty_cli.model.bookkeeping import ACCOUNTS
from loyalty_cli.model.bookkeeping import Bookkeeping
from loyalty_cli.model.bookkeeping import Dated
from loyalty_cli.model.bookkeeping import Policy
from loyalty_cli.model.days import iso
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import day_from
from loyalty_cli.reading.values import percent_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of

ESTIMATED = "estimated"
def read_dated(value: object) -> Dated:
    """`23%`, or `{2025-01-01: 19%, 2025-08-01: 21%}`."""
    if not isinstance(value, dict):
        return ((0, percent_of(value)),)
    dated = {day_from(day): percent_of(percent) for day, percent in value.items()}
    return tuple(sorted(dated.items()))


def dated_said(dated: Dated) -> Any:
    """As the program writes it."""
    return {iso(day) if day else "": percent for day, percent in dated}


def read_use(value: object) -> Dated:
    """The share of points that will be used: `estimated` from the shop's own history (empty), or a percent by days."""
    return () if value == ESTIMATED else read_dated(value)


def read_accounts(value: object) -> dict[str, str]:
    """The names of accounts; a name that is not said is as usual."""
    named = {str(key): text_of(name, "Liabilities:Points") for key, name in cast("dict[Any, Any]", value or {}).items()}
    for key, name in named.items():
        if key not in ACCOUNTS:
            raise refuse("{key} is no account of the points.", "Known here: {names}.", key=key, names=", ".join(ACCOUNTS))
        if any(not part or part != part.strip() for part in name.split(":")) or set(name) & set(";\"'()[]\t"):
            raise refuse(
                "{name} is no name of an account.",
                "Write a number of your chart of accounts or words: {example}.",
                name=name,
                example="845-01, Liabilities:Points",
            )
    return {**ACCOUNTS, **named}


A_PERCENT = {"type": "string", "pattern": r"^\d+(\.\d+)?\s*%$"}
BY_DAYS = {"type": "object", "additionalProperties": A_PERCENT}
DatedPercent = Annotated[
    Dated, PlainValidator(read_dated), PlainSerializer(dated_said), WithJsonSchema({"anyOf": [A_PERCENT, BY_DAYS]})
]
ExpectedUse = Annotated[
    Dated,
    Unit("dated"),
    PlainValidator(read_use),
    PlainSerializer(dated_said),
    WithJsonSchema({"anyOf": [{"const": ESTIMATED}, A_PERCENT, BY_DAYS]}),
]
Accounts = Annotated[
    dict[str, str],
    PlainValidator(read_accounts),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]


class Books(Settings):
    """How points stand in the books. No rule: members have the same whatever it says."""

    policy: Policy = Field(
        "memo",
        description="memo: points are counted, nothing is booked; deferral: part of each sale is revenue later (IFRS 15); "
        "provision: points expected to be used, at their worth",
    )
    expected_use: ExpectedUse = Field(
        (), description="the share of points that will be used: estimated, 85%, or {2026-01-01: 85%, 2027-01-01: 88%}"
    )
    stated_by: str = Field("", description="who states a share that is not estimated")
    accounts: Accounts = Field(ACCOUNTS, description="accounts in the journal, by name or number: {points: Liabilities:Points, sales: 701}")
    vat: Annotated[dict[str, DatedPercent], Unit("rates")] = Field(
        {}, description="rates of the till's VAT letters: {A: 23%}, or by days {A: {2025-01-01: 19%, 2025-08-01: 21%}}"
    )

    def bookkeeping(self) -> Bookkeeping:
        """As reports and closed months keep it."""
        return Bookkeeping(
            policy=self.policy,
            expected_use=self.expected_use,
            stated_by=self.stated_by,
            accounts=self.accounts,
            vat=self.vat,
        )
