"""An entry of a block whose kind nobody can tell: its word is missing, in another language, or it stands in the wrong block."""

from __future__ import annotations

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.points import Points
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.problems import nearest
from loyalty_cli.reading.validated import ENTRIES
from loyalty_cli.reading.validated import known_keys
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import Node
from loyalty_cli.reading.yaml.nodes import Text
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of

# The plainest entry of each family.
EXAMPLES = {
    "earn": ENTRIES["earn"],
    "draws": "{dates: 2027-03-01 to 2027-05-31, one_ticket_for_every: 50.00, prizes: {tea set: 3}}",
}


def kind_not_told(family: str, key: Text, node: Node, words: list[str]) -> tuple[int, int, Phrase, Phrase]:
    """Where, what and what to do; `words` are those of the family that stand in the entry."""
    known = ALL_RULES[family]
    meant = misspelt(family, node) if not words else None
    if meant:
        what, hint = phrase("{key} is not known here.", key=meant.text), did_you_mean(meant.text, known)
    elif family == "earn" and key.text in known_keys(Points):
        what = phrase("{key} does not belong to the block it stands in.", key=key.text)
        hint = phrase("Begin it further left, in the column of {other}.", other="earn:")
    elif words:
        what = phrase("{name} has two words that say what it does.", name=key.text)
        hint = phrase("Keep one of them, or write two entries: {names}.", names=", ".join(words))
    else:
        what = phrase("{name} has none of the words that say what it does.", name=key.text)
        example = f"{key.text}: {EXAMPLES[family]}" if family in EXAMPLES else f"{key.text}: {{{known_first(known)}: …}}"
        hint = phrase("Write for example {example}; the words are: {names}.", example=example, names=", ".join(known))
    at = meant or key
    return at.line, at.column, what, hint


def known_first(known: dict[str, str]) -> str:
    """The first word of a family."""
    return next(iter(known))


def misspelt(family: str, node: Node) -> Text | None:
    """The key of an entry that no kind of the family has, and that is nearly the word of one."""
    if not isinstance(node, Mapping):
        return None
    words = ALL_RULES[family]
    settings = {key for word in words for key in known_keys(kind_of(family, word))}
    return next((key for key, _ in node.entries if key.text not in settings and nearest(key.text, words)), None)
