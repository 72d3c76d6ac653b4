"""What happens to prizes after a draw: who claimed, who gave a place up, who stands in for whom."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.kept_draw import Claim
from loyalty_cli.model.kept_draw import KeptPlace
from loyalty_cli.model.kept_draw import Redraw

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import Winner
    from loyalty_cli.store.database import Connection


class AcceptedPrize(NamedTuple):
    """A prize that a member has accepted in a draw."""

    draw: str
    rules: str
    prize: str


PLACES = """
SELECT winner.place, coalesce(stands.prize, winner.prize), winner.reserve, winner.member_id, winner.pseudonym,
       winner.ticket, winner.pick,
       coalesce((SELECT number FROM card WHERE card.member_id IN (member.id, member.merged_into) ORDER BY card.id LIMIT 1),
                member.number, ''),
       coalesce(member.name, ''), coalesce(claim.what, ''), coalesce(claim.day, 0),
       coalesce(claim.identity_checked, 0), coalesce(claim.by, ''), coalesce(claim.at, ''),
       coalesce(claim.handed_over_on, 0), coalesce(given.new_place, 0),
       coalesce(stands.place, 0), coalesce(stands.day, 0)
  FROM draw_winner AS winner
  LEFT JOIN member ON member.id = winner.member_id
  LEFT JOIN draw_claim AS claim ON claim.id = (
    SELECT max(id) FROM draw_claim AS any_claim
     WHERE any_claim.draw_id = winner.draw_id AND any_claim.place = winner.place)
  LEFT JOIN draw_redraw AS given ON given.draw_id = winner.draw_id AND given.place = winner.place
  LEFT JOIN draw_redraw AS stands ON stands.draw_id = winner.draw_id AND stands.new_place = winner.place
 WHERE winner.draw_id = ?
 ORDER BY winner.place
"""
ACCEPTED = """
SELECT draw.name, draw.rules, coalesce(stands.prize, winner.prize)
  FROM draw_winner AS winner
  JOIN draw ON draw.id = winner.draw_id
  JOIN draw_claim AS claim ON claim.id = (
    SELECT max(id) FROM draw_claim AS any_claim
     WHERE any_claim.draw_id = winner.draw_id AND any_claim.place = winner.place)
  LEFT JOIN draw_redraw AS stands ON stands.draw_id = winner.draw_id AND stands.new_place = winner.place
 WHERE winner.member_id = :member AND claim.what = 'accepted' AND claim.day BETWEEN :first AND :last
   AND NOT (winner.draw_id = :draw AND winner.place = :place)
"""
ADD_CLAIM = """
INSERT INTO draw_claim (draw_id, place, what, day, identity_checked, at, by, handed_over_on)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
ADD_REDRAW = """
INSERT INTO draw_redraw (draw_id, place, new_place, prize, day, at, by, number, proof)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def any_draw(connection: Connection) -> bool:
    """Whether the shop ever closed a draw."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM draw)").fetchone()[0])


def places(connection: Connection, draw_id: int) -> list[KeptPlace]:
    """Every place of a draw in the order they were drawn, with what became of it."""
    return [KeptPlace(*row) for row in connection.execute(PLACES, (draw_id,))]


def save_claim(connection: Connection, draw_id: int, place: int, claim: Claim) -> None:
    """Keep a claim; an earlier one of the same place stays on record."""
    values = (claim.what, claim.day, claim.identity_checked, claim.at, claim.by, claim.handed_over_on)
    connection.execute(ADD_CLAIM, (draw_id, place, *values))


def save_redraw(connection: Connection, draw_id: int, redraw: Redraw) -> None:
    """Keep who stands in for whom."""
    values = (redraw.place, redraw.new_place, redraw.prize, redraw.day, redraw.at, redraw.by)
    connection.execute(ADD_REDRAW, (draw_id, *values, redraw.number, redraw.proof))


def add_winner(connection: Connection, draw_id: int, winner: Winner) -> None:
    """Keep the winner of a place that was drawn again."""
    connection.execute(
        "INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick)"
        " SELECT draw_id, ?, ?, 0, member_id, pseudonym, ?, ? FROM draw_entrant WHERE draw_id = ? AND pseudonym = ?",
        (winner.place, winner.prize, winner.ticket, winner.pick, draw_id, winner.entrant),
    )


def redraws(connection: Connection, draw_id: int) -> list[Redraw]:
    """The redraws of a draw in the order they were made."""
    rows = connection.execute(
        "SELECT place, new_place, prize, day, at, by, number, proof FROM draw_redraw WHERE draw_id = ? ORDER BY id",
        (draw_id,),
    )
    return [
        Redraw(place=place, new_place=new, prize=prize, day=day, at=at, by=by, number=number, proof=proof)
        for place, new, prize, day, at, by, number, proof in rows
    ]


def accepted_prizes(connection: Connection, member_id: int, *, first: Day, last: Day, draw_id: int, but_place: int) -> list[AcceptedPrize]:
    """The prizes that a member has accepted in a span of days, but for one place."""
    values = {"member": member_id, "first": first, "last": last, "draw": draw_id, "place": but_place}
    return [AcceptedPrize(*row) for row in connection.execute(ACCEPTED, values)]
