"""The way out of a channel as the shop's program says it: its folder, its password, the moment."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.senders_block import EmailWay
from loyalty_cli.senders.all_senders import sender_for
from loyalty_cli.senders.files import eml_name
from loyalty_cli.senders.place import Place
from loyalty_cli.store.written_file import folder_to_disk
from loyalty_cli.store.written_file import troubles_told
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.message import Sender
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def way_out(shop: Shop, program: Program, channel: str, environment: Mapping[str, str]) -> Sender:
    """How messages of a channel leave; `environment` is where passwords may stand."""
    way = getattr(program.senders, channel, None) if program.senders else None
    if way is None:
        hint = phrase("Write it in the program: {example}.", example=f"senders: {{{channel}: {{by: …}}}}")
        raise Refused("The program names no way out for {channel}.", channel=channel, hint=hint)
    folder = shop.folder / way.folder

    def put(name: str, content: bytes) -> None:
        with troubles_told(folder):
            folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, content)
        # What is noted as sent must not be without its file after a loss of power.
        folder_to_disk(folder)

    password = password_of(shop, way, environment) if isinstance(way, EmailWay) and way.user else ""
    return sender_for(way, Place(put, shop.now, password))


def folder_shown(program: Program, channel: str) -> str:
    """The folder in which each message of a channel is a file of its own and so shows what went; '' of other ways out."""
    way = getattr(program.senders, channel, None) if program.senders else None
    return way.folder if isinstance(way, EmailWay) and way.by == "eml" else ""


def went(shop: Shop, folder: str, key: str) -> bool:
    """Whether a message stands in such a folder; its file appears whole or not at all."""
    return (shop.folder / folder / eml_name(key)).is_file()


def password_of(shop: Shop, way: EmailWay, environment: Mapping[str, str]) -> str:
    """From the environment, or the first line of a file that nobody but its owner may read."""
    if way.password_env in environment:
        return environment[way.password_env]
    if not way.password_file:
        hint = phrase("Set the variable {name}, or name a file: password_file.", name=way.password_env)
        raise LoyaltyError("There is no password for {user} at {host}.", user=way.user, host=way.host, hint=hint)
    path = shop.folder / way.password_file
    try:
        if os.name != "nt" and path.stat().st_mode & OTHERS:
            hint = phrase("Let only its owner read it: {command}.", command=f"chmod 600 {path.name}")
            raise Refused("Others may read the password in {file}.", file=path.name, hint=hint)
        return path.read_text("utf-8").partition("\n")[0].strip()
    except OSError as error:
        raise LoyaltyError("{file} can not be read: {why}.", file=str(path), why=why_not(error)) from error
