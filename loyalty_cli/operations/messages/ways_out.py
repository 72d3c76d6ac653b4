"""The way out of a channel as the shop's program says it: its folder, its password, the moment."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.senders import EmailWay
from loyalty_cli.senders.all_senders import sender_for
from loyalty_cli.senders.files import eml_name
from loyalty_cli.senders.place import Place
from loyalty_cli.store.written_file import fill_and_put_in_place
from loyalty_cli.store.written_file import folder_to_disk
from loyalty_cli.store.written_file import troubles_told
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.message import Sender
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def way_out(shop: Shop, program: Program, channel: str, environment: Mapping[str, str]) -> Sender:
    """How messages of a channel leave; `environment` is where passwords may stand."""
    way = program.way_of(channel)
    if way is None:
        hint = phrase("Write it in the program: {example}.", example=f"senders: {{{channel}: {{by: …}}}}")
        raise Refused("The program names no way out for {channel}.", channel=channel, hint=hint)
    folder = shop.folder / way.folder

    def put(name: str, content: bytes) -> None:
        begun = begun_file(folder / name)
        if begun.is_file():
            put_begun(begun, folder / name, content)
        else:
            with troubles_told(folder):
                folder.mkdir(parents=True, exist_ok=True)
            write_file(folder / name, content)
        # What is noted as sent must not be without its file after a loss of power.
        folder_to_disk(folder)

    password = password_of(shop, way, environment) if isinstance(way, EmailWay) and way.user else ""
    return sender_for(way, Place(put, shop.now, password))


def folder_shown(program: Program, channel: str) -> str:
    """The folder in which each message of a channel is a file of its own and so shows what went; '' of other ways out."""
    way = program.way_of(channel)
    return way.folder if isinstance(way, EmailWay) and way.by == "eml" else ""


def begin_file(shop: Shop, folder: str, key: str) -> None:
    """Lay an empty file for a message aside in such a folder, before it is noted as begun; `put` fills it and renames it.

    So it is gone from its place aside if and only if the message has appeared, even if another program has taken that away since.
    """
    path = shop.folder / folder / eml_name(key)
    with troubles_told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        begun_file(path).touch(mode=0o600)
    folder_to_disk(path.parent)


def what_became(shop: Shop, folder: str, key: str) -> str:
    """What became of a message that was begun in such a folder: `sent`, `again` if it has not gone, '' if nothing shows it."""
    path = shop.folder / folder / eml_name(key)
    return "sent" if path.is_file() else "again" if begun_file(path).is_file() else ""


def clear_begun(shop: Shop, folder: str, key: str = "*") -> None:
    """Remove what was laid aside for a message, or for all, and is not needed any more."""
    path = shop.folder / folder / eml_name(key)
    with troubles_told(path.parent):
        for begun in path.parent.glob(begun_file(path).name):
            begun.unlink(missing_ok=True)


def begun_file(path: Path) -> Path:
    """Where a file is written before it appears under its name."""
    return path.with_name(f".{path.name}.begun")


def put_begun(begun: Path, path: Path, content: bytes) -> None:
    """Let a file appear that was laid aside; one that can not be written is left empty, and so shows that it has not gone."""
    try:
        with troubles_told(path):
            fill_and_put_in_place(begun, path, content)
    except LoyaltyError:
        with contextlib.suppress(OSError):
            begun.write_bytes(b"")
        raise


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
    except UnicodeDecodeError:
        hint = phrase("Save it again with the encoding UTF-8 (Notepad: Save as → Encoding).")
        # What stands there is a secret: neither shown nor kept as the cause.
        raise LoyaltyError("{file} is not saved as UTF-8.", file=str(path), hint=hint) from None
