"""The counter's screen: what is known of the customer, one line to type or scan into, one key for each thing to do."""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input
from textual.widgets import Static

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.screen_said import prompt_of
from loyalty_cli.operations.counter.screen_said import shown
from loyalty_cli.render.safe import safe
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from loyalty_cli.operations.counter.session import Session

LABEL_WIDTH = 14
# So often an idle screen looks whether somebody else has changed what it shows.
SECONDS = 20
KEYS = (
    ("F2", phrase("coupon")),
    ("F3", phrase("points")),
    ("F4", phrase("receipt")),
    ("F5", phrase("gift")),
    ("F6", phrase("opinion")),
    ("F7", phrase("forgot the card")),
    ("F8", phrase("fill in")),
    ("F9", phrase("book")),
    ("Esc", phrase("next")),
    ("F10", phrase("end")),
)
# So many keys stand in the first of two lines.
IN_FIRST = 5


class CounterScreen(App[None]):
    """One customer after another; nothing is kept when it ends."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { layout: vertical; }
    #title { height: 1; text-style: reverse; }
    #lines { height: 1fr; scrollbar-size-vertical: 1; }
    #told { height: auto; max-height: 4; text-style: bold; }
    #prompt { height: 1; }
    #typed { border: none; height: 1; padding: 0; }
    #keys { height: 2; text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "ask('coupon')", priority=True),
        Binding("f3", "ask('points')", priority=True),
        Binding("f4", "ask('receipt')", priority=True),
        Binding("f5", "ask('gift')", priority=True),
        Binding("f6", "ask('opinion')", priority=True),
        Binding("f7", "ask('forgotten')", priority=True),
        Binding("f8", "ask('missing')", priority=True),
        Binding("f9", "book", priority=True),
        Binding("escape", "next", priority=True),
        Binding("f10", "end", priority=True),
        Binding("pageup", "page(-1)", priority=True),
        Binding("pagedown", "page(1)", priority=True),
    ]

    def __init__(self, session: Session, *, language: str, title: str) -> None:
        super().__init__()
        self.session = session
        self.language = language
        self.shop_name = title

    def compose(self) -> ComposeResult:
        """The parts of the screen from top to bottom."""
        yield Static(id="title", markup=False)
        with VerticalScroll(id="lines", can_focus=False):
            yield Static(id="known", markup=False)
        yield Static(id="told", markup=False)
        yield Static(id="prompt", markup=False)
        yield Input(id="typed")
        keys = [f"{key} {say(what, self.language)}" for key, what in KEYS]
        yield Static("\n".join(" ".join(keys[first:last]) for first, last in ((0, IN_FIRST), (IN_FIRST, None))), id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the first customer."""
        self.set_interval(SECONDS, self.look_again)
        self.show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter, by a finger or a scanner."""
        typed, event.input.value = event.value, ""
        self.session.enter(typed)
        self.show()

    def action_ask(self, wanted: str) -> None:
        """Ask for a coupon, points, a receipt, a gift, an opinion, a receipt without the card, or what is missing."""
        self.session.ask(wanted)  # type: ignore[arg-type]
        self.show()

    def action_book(self) -> None:
        """Book what the quote uses."""
        self.session.book()
        self.show()

    def action_next(self) -> None:
        """The next customer, or back from what is asked."""
        self.session.back()
        self.query_one("#typed", Input).value = ""
        self.show()

    def action_end(self) -> None:
        """Close the counter."""
        self.exit()

    def action_page(self, way: int) -> None:
        """Up or down, where there is more than the screen holds."""
        lines = self.query_one("#lines", VerticalScroll)
        lines.scroll_relative(y=way * lines.size.height, animate=False)

    def look_again(self) -> None:
        """Show what others have changed meanwhile; a trouble is told, stays to be read, and the screen stays open."""
        if self.session.known is None:
            return
        told = self.session.trouble
        try:
            self.session.look()
            self.session.trouble = self.session.trouble or told
        except LoyaltyError as error:
            self.session.trouble = error
        self.show()

    def show(self) -> None:
        """Draw everything anew."""
        session = self.session
        title = " · ".join(part for part in (self.shop_name, session.store) if part)
        self.query_one("#title", Static).update(safe(title))
        lines = [self.line(say(each.label, self.language), say(each.text, self.language), strong=each.strong) for each in shown(session)]
        self.query_one("#known", Static).update(Content("\n").join(lines))
        self.query_one("#told", Static).update(self.told())
        self.query_one("#prompt", Static).update(say(prompt_of(session), self.language) + ":")
        self.query_one("#typed", Input).focus()

    def line(self, label: str, text: str, *, strong: bool) -> Content:
        """A label and a text beside it."""
        gap = " " * max(1, LABEL_WIDTH - width_of(label))
        return Content.assemble((label, "dim"), gap, (safe(text), "bold" if strong else ""))

    def told(self) -> str:
        """What was booked, or what is wrong and what to do."""
        trouble = self.session.trouble
        said = [say(each, self.language) for each in self.session.said]
        if trouble is not None:
            said += ["! " + say(each, self.language) for each in (trouble.phrase, trouble.hint) if each is not None]
        return "\n".join(map(safe, said))
