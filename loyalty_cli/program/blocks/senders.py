"""The `senders:` block: by which way messages of each channel leave the shop. No rule: members have the same whatever it says."""

from __future__ import annotations

from typing import Literal

from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse

TOKEN = "{token}"  # noqa: S105 -- the place of a member's token in an address of the web
HIGHEST_PORT = 65_535
FOLDER = "outbox"


class EmailWay(Settings):
    """How e-mail leaves. The password stands in no program: it comes from the environment, or a file that only you may read."""

    by: Literal["smtp", "eml", "mbox"] = Field(
        description="smtp: a mail server; eml: a file for each message in the folder; mbox: one file for a mail program"
    )
    sender: str = Field(description="whom the messages are from, such as Fabric Corner Club <club@example.com>")
    reply_to: str = Field("", description="where answers go, if not to the sender")
    unsubscribe: Names = Field(
        (), description="where somebody leaves the list: an e-mail address, an https address with {token} for one click, or both"
    )
    html: YesNo = Field(False, description="also as a page, with links to click; the plain text is always there")
    host: str = Field("localhost", description="smtp: the mail server")
    port: Whole = Field(587, description="smtp: its port; 587 for starttls, 465 for tls")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="smtp: how the connection is protected")
    user: str = Field("", description="smtp: the name to log in with, '' for none")
    password_env: str = Field("LOYALTY_SMTP_PASSWORD", description="smtp: the variable of the environment with the password")
    password_file: str = Field("", description="smtp: or a file with the password that only its owner may read (mode 600)")
    certificates: str = Field("", description="smtp: a file of the authorities to trust, if not those of the system")
    folder: str = Field(FOLDER, description="eml and mbox: where files are put")

    @field_validator("sender")
    @classmethod
    def an_address(cls, sender: str) -> str:
        """A name and an address."""
        # Imported here, as a program that was read before needs no check.
        from email.utils import parseaddr

        if "@" not in parseaddr(sender)[1][1:-1]:
            raise refuse("{text} is not an e-mail address.", "Write {example}.", text=sender, example="Club <club@example.com>")
        return sender

    @field_validator("port")
    @classmethod
    def a_port(cls, port: int) -> int:
        """Ports have sixteen bits."""
        if not 0 < port <= HIGHEST_PORT:
            raise refuse("{number} is no port.", "Write {example}.", number=port, example="587")
        return port

    @field_validator("unsubscribe")
    @classmethod
    def ways_to_leave(cls, ways: tuple[str, ...]) -> tuple[str, ...]:
        """An address of the web knows by the token who leaves."""
        for way in ways:
            web = way.startswith("https://") and TOKEN in way
            if not web and ("@" not in way[1:-1] or "://" in way):
                example = "club@example.com, https://example.com/leave?{token}"
                raise refuse("{text} is no way to leave a list.", "Write {example}.", text=way, example=example)
        return ways


class SmsWay(Settings):
    """How text messages leave: a file for a provider, or one for any program."""

    by: Literal["plain", "serwersms", "smslink", "rapporto"] = Field(description="whose file it is; plain: key, number, text")
    sender: str = Field("", description="the name or number that phones show, as agreed with the provider")
    country_code: Whole = Field(description="the code before numbers that have none: 48, 40, 7, 373")
    folder: str = Field(FOLDER, description="where files are put")


class LetterWay(Settings):
    """How letters leave: pages to print, or labels with the addresses."""

    by: Literal["letters", "labels"] = Field("letters", description="letters: A4 pages with the address in the window; labels: sheets")
    sender: str = Field("", description="letters: the line above the address, such as Club, Long Street 1, 00-001 Town")
    window_left: Whole = Field(20, description="letters: millimetres from the left edge to the address (DIN 5008: 20)")
    window_top: Whole = Field(45, description="letters: millimetres from the top edge (DIN 5008: 45 in form B, 27 in form A)")
    sheet: str = Field("L7160", description="labels: the sheet, such as L7160, 3474, 4464")
    start: Whole = Field(1, description="labels: the first label that is free on a used sheet")
    shift_right: int = Field(0, description="labels: tenths of a millimetre by which the printer prints too far left")
    shift_down: int = Field(0, description="labels: tenths of a millimetre by which the printer prints too high")
    frames: YesNo = Field(False, description="labels: draw the labels' edges, to try a sheet")
    folder: str = Field(FOLDER, description="where files are put")


class PhoneWay(Settings):
    """How calls are made: a list of whom to call and what to say."""

    by: Literal["calls"] = Field("calls", description="calls: a list to work through")
    folder: str = Field(FOLDER, description="where files are put")


class Senders(Settings):
    """The way out of each channel; a channel that is not named has none."""

    email: EmailWay | None = Field(None, description="how e-mail leaves")
    sms: SmsWay | None = Field(None, description="how text messages leave")
    letter: LetterWay | None = Field(None, description="how letters leave")
    phone: PhoneWay | None = Field(None, description="how calls are made")
