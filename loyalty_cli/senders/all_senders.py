"""Every way out by its channel and the word behind `by:`, and the one that a program's settings mean."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_cli.program.blocks.senders import EmailWay
from loyalty_cli.program.blocks.senders import LetterWay
from loyalty_cli.program.blocks.senders import SmsWay
from loyalty_cli.senders.files import FileSender

if TYPE_CHECKING:
    from loyalty_cli.model.message import Sender
    from loyalty_cli.program.blocks.senders import PhoneWay
    from loyalty_cli.senders.place import Place
    from loyalty_cli.senders.sms_file import Provider


def provider_named(name: str) -> Provider:
    """What is known of the file of a provider of text messages: a module of sms/, imported when it is asked for."""
    found: Provider = importlib.import_module(f"loyalty_cli.senders.sms.{name}").PROVIDER
    return found


def sender_for(way: EmailWay | SmsWay | LetterWay | PhoneWay, place: Place) -> Sender:
    """The way out that a program's settings of a channel mean."""
    if isinstance(way, EmailWay):
        return email_sender(way, place)
    if isinstance(way, SmsWay):
        from loyalty_cli.senders.sms_file import sms_files

        provider = provider_named(way.by)
        return FileSender(lambda own: sms_files(own, provider, way.sender, way.country_code), place)
    if isinstance(way, LetterWay):
        from loyalty_cli.senders.labels import label_sheets
        from loyalty_cli.senders.letters import letters_page

        page = letters_page if way.by == "letters" else label_sheets
        return FileSender(lambda own: page(own, way), place)
    from loyalty_cli.senders.calls import call_list

    return FileSender(call_list, place)


def email_sender(way: EmailWay, place: Place) -> Sender:
    """E-mail by a server or as files."""
    if way.by == "smtp":
        from loyalty_cli.senders.smtp import SmtpSender

        return SmtpSender(way, place.password, place.now)
    from loyalty_cli.senders.mail_files import eml_files
    from loyalty_cli.senders.mail_files import mbox_file

    make = eml_files if way.by == "eml" else mbox_file
    return FileSender(lambda own: make(own, way, place.now), place, each_alone=way.by == "eml")
