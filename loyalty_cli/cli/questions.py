"""Questions to a person at a terminal, each with the answer that holds where nobody is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loyalty_cli.cli import streams
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Phrase


class Asking:
    """Asks at a terminal, in the language that was chosen first; elsewhere the computer's own answers hold."""

    def __init__(self, language: str, *, asks: bool) -> None:
        self.language = language
        self.asks = asks

    def answer(self, said: str | None, question: Phrase, default: str, known: Callable[[str], str] = str) -> str:
        """What was said, else what is typed, until it is understood; an empty line is the default."""
        if said is not None:
            return known(said)
        while self.asks:
            streams.put_out(f"{say(question, self.language)}{f' [{default}]' if default else ''}: ".encode())
            typed = sys.stdin.readline()
            if not typed.strip():
                break
            try:
                return known(typed.strip())
            except LoyaltyError as error:
                lines = [error.phrase, *([error.hint] if error.hint else [])]
                text = "\n".join(say(line, self.language) for line in lines)
                streams.complain(streams.folded(text, sys.stderr))
        return default
