"""The counter's screen, driven by Textual's own pilot at 80 x 24: every key does its one thing, no mouse is needed."""

from __future__ import annotations

import asyncio
import os
import select
import subprocess
import sys
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input
from textual.widgets import Static

from loyalty_cli.cli.counter import counter
from loyalty_cli.cli.counter.screen import CounterScreen
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.counter.session import Session
from tests.operations.counter.test_quote import code_of

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from collections.abc import Callable
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop


def driven(shop: Shop, steps: Callable[[CounterScreen, Any], Awaitable[None]], *, language: str = "en") -> None:
    """A counter that is opened, driven and closed."""
    numbers = count(1)
    session = Session(shop=lambda: replace(shop, secret=f"{next(numbers):08x}" * 8))

    async def drive() -> None:
        screen = CounterScreen(session, language=language, title="Corner Club")
        async with screen.run_test(size=(80, 24)) as pilot:
            await steps(screen, pilot)

    asyncio.run(drive())


def text(screen: CounterScreen, part: str) -> str:
    """What a part of the screen shows."""
    return str(screen.query_one(f"#{part}", Static).render())


async def typed(pilot: Any, line: str) -> None:
    """A line typed or scanned, with Enter behind it."""
    await pilot.press(*line, "enter")


def test_a_card_an_amount_and_a_booking_by_keys_alone(shop: Shop) -> None:
    code = code_of(shop)

    async def steps(screen: CounterScreen, pilot: Any) -> None:
        await typed(pilot, "2901")
        assert "A.N. 2901" in text(screen, "known")
        await typed(pilot, "80")
        await pilot.press("f2")
        assert text(screen, "prompt") == "Scan the coupon:"
        await typed(pilot, code)
        await pilot.press("f3", "enter")
        assert "44.00" in text(screen, "known")
        await pilot.press("f9")
        assert text(screen, "told").startswith("Used: thanks, pays 20.00")
        await pilot.press("escape")
        assert text(screen, "known") == ""
        assert screen.query_one("#typed", Input).has_focus
        await pilot.press("f10")

    driven(shop, steps)


def test_esc_takes_back_a_question_before_it_lets_the_customer_go(shop: Shop) -> None:
    async def steps(screen: CounterScreen, pilot: Any) -> None:
        await typed(pilot, "2901")
        await typed(pilot, "80")
        await pilot.press("f2", "escape")
        assert "A.N. 2901" in text(screen, "known")
        assert "To pay" in text(screen, "known")
        assert text(screen, "prompt") != "Scan the coupon:"
        await pilot.press("escape")
        assert text(screen, "known") == ""

    driven(shop, steps)


@pytest.mark.parametrize(("language", "pay"), [("en", "To pay"), ("pl", "Do zapłaty"), ("ru", "К оплате"), ("ro", "De plată")])
def test_it_fits_80_by_24_and_speaks_the_shops_language(shop: Shop, language: str, pay: str) -> None:
    async def steps(screen: CounterScreen, pilot: Any) -> None:
        await typed(pilot, "2901")
        await typed(pilot, "80")
        assert pay in text(screen, "known")
        assert all(len(line) <= 80 for line in text(screen, "keys").splitlines())
        assert screen.query_one("#lines").max_scroll_y == 0  # nothing is hidden
        assert screen.query_one("#typed", Input).region.bottom <= 24

    driven(shop, steps, language=language)


@pytest.mark.parametrize(("language", "asked"), [("en", "Phone"), ("pl", "Telefon"), ("ru", "Телефон"), ("ro", "Telefon")])
def test_what_is_missing_is_typed_with_one_key(shop: Shop, language: str, asked: str) -> None:
    async def steps(screen: CounterScreen, pilot: Any) -> None:
        await typed(pilot, "2901")
        await pilot.press("f8")
        assert text(screen, "prompt").startswith(asked)
        await typed(pilot, "600700800")
        assert "600700800" not in text(screen, "known")  # whoever stands there may read the screen
        assert "600700800" not in text(screen, "told")
        assert "Now" not in text(screen, "told")
        assert text(screen, "told")
        assert "(Enter:" in text(screen, "prompt")
        assert all(len(text(screen, part)) <= 80 for part in ("prompt", "title"))
        await pilot.press("escape")
        assert "(Enter:" not in text(screen, "prompt")

    driven(shop, steps, language=language)


def test_what_is_wrong_is_told_and_the_screen_stays_open(shop: Shop) -> None:
    async def steps(screen: CounterScreen, pilot: Any) -> None:
        await pilot.press("f9")
        assert text(screen, "told").startswith("! There is nothing to book")
        await typed(pilot, "2900000000001")
        assert "! There is no card 2900000000001." in text(screen, "told")
        shop.database.rename(shop.database.with_name("gone.db"))
        await typed(pilot, "2901")
        assert "There is no database" in text(screen, "told")

    driven(shop, steps)


def test_names_from_outside_are_text_and_no_markup(shop: Shop) -> None:
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = '[bold]Anna \x1b[31mNowak' WHERE id = 1")

    async def steps(screen: CounterScreen, pilot: Any) -> None:
        await typed(pilot, "2901")
        assert "[.N." in text(screen, "known") or "[.\x1b" not in text(screen, "known")
        assert "\x1b" not in text(screen, "known")

    driven(shop, steps)


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made as POSIX makes one")
def test_it_runs_in_a_real_terminal_and_ends_with_a_key(shop: Shop) -> None:
    import fcntl
    import pty
    import struct
    import termios

    inside, outside = pty.openpty()
    fcntl.ioctl(outside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "loyalty_cli", "counter", "--program", str(shop.program)]
    known = {"LOYALTY_NOW": shop.moment, "TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[3])}
    running = subprocess.Popen(command, stdin=outside, stdout=outside, stderr=outside, env={**os.environ, **known}, start_new_session=True)
    os.close(outside)
    try:
        seen = waited(inside, "Card, name, or an amount")
        os.write(inside, b"2901\r")
        seen += waited(inside, "friend")
        os.write(inside, b"\x1b[21~")  # F10
        assert running.wait(timeout=120) == 0
    finally:
        running.kill()
        os.close(inside)
    assert "A.N." in seen


def waited(terminal: int, text: str) -> str:
    """What a terminal shows until a text stands there."""
    seen = b""
    until = time.monotonic() + 120
    while text.encode() not in seen and time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 1 << 16)
    return seen.decode(errors="replace")


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, shop: Shop) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    with pytest.raises(LoyaltyError, match="needs the package textual"):
        counter.command(shop)
