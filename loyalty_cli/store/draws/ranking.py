"""The ranking of a contest: each member's score in the draw's period, ties broken as the rules say.

Scores stand in `temp.holder` as tickets do, the best highest: a lowest result counts below zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.draws.entrants import asset_of
from loyalty_cli.store.draws.entrants import IN_TIME
from loyalty_cli.store.draws.entrants import leave_out
from loyalty_cli.store.draws.entrants import start_holders
from loyalty_cli.store.draws.entrants import TAKEN_BACK

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.store.database import Connection

# Points that purchases brought, less what their returns took: no lapse, no use, nothing given by hand.
EARNED = "AND cause_kind = 1 AND rule_id NOT IN (SELECT id FROM rule WHERE name IN ('lapse', 'usable', 'redeem', 'reinstate')) "
BEST_RESULTS = """
INSERT INTO holder (member_id, tickets)
SELECT member_id, max(:sign * result) FROM draw_result
WHERE draw = :name AND day BETWEEN :first_day AND :last_day GROUP BY member_id
"""
# When the score was reached: with the last purchase that raised it, or when the best result was typed in.
REACHED = """
SELECT max(receipt.at) FROM ledger JOIN receipt ON receipt.id = ledger.cause_id
WHERE ledger.member_id = holder.member_id AND asset_id IN (:asset, :pending) AND quantity > 0 AND cause_kind = 1
AND effective_on BETWEEN :first_day AND :last_day
"""
REACHED_RESULT = """
SELECT min(unixepoch(draw_result.at)) FROM draw_result
WHERE draw_result.member_id = holder.member_id AND draw = :name AND day BETWEEN :first_day AND :last_day
AND :sign * result = holder.tickets
"""
JOINED = "SELECT joined FROM member WHERE member.id = holder.member_id"
ADD_RANKS = """
INSERT INTO draw_rank (draw_id, place, member_id, pseudonym, score)
SELECT :draw, row_number() OVER (ORDER BY tickets DESC, tie, hidden), member_id, hidden, {score} || ' ' || {tie}
FROM (SELECT member_id, tickets, pseudonym_of(member_id) AS hidden, coalesce(({tied}), 1 << 40) AS tie
      FROM holder WHERE reason = '')
ORDER BY 2
"""
MONEY = "printf('%d.%0*d', tickets / :unit, :digits, tickets % :unit)"
WHOLE = "printf('%d', tickets)"
RESULT = "printf('%d.%03d', abs(tickets) / 1000, abs(tickets) % 1000)"
CHANGED = """
SELECT count(DISTINCT member_id) FROM (
  SELECT * FROM (SELECT member_id, {score} AS score FROM holder WHERE reason = ''
    EXCEPT SELECT member_id, substr(score, 1, instr(score, ' ') - 1) FROM draw_rank WHERE draw_id = :draw)
  UNION ALL
  SELECT * FROM (SELECT member_id, substr(score, 1, instr(score, ' ') - 1) FROM draw_rank WHERE draw_id = :draw
    EXCEPT SELECT member_id, {score} FROM holder WHERE reason = '')
)
"""
ADD_WINNERS = """
INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick)
SELECT draw_id, place, :prize, :reserve, member_id, pseudonym, place, place FROM draw_rank
WHERE draw_id = :draw AND place = :place
"""


def values_of(connection: Connection, rules: DrawRules, closing: Day) -> dict[str, object]:
    """What the statements here ask for."""
    points = rules.contest == "most points"
    return {
        "name": rules.name,
        "asset": asset_of(connection, "points" if points else f"score:{rules.name}"),
        "pending": asset_of(connection, "pending") if points else 0,
        "first_day": rules.first_day,
        "last_day": rules.last_day,
        "closing": closing,
        "sign": -1 if rules.contest == "lowest result" else 1,
        "digits": rules.digits,
        "unit": 10**rules.digits,
    }


def find_scores(connection: Connection, rules: DrawRules, closing: Day, *, moment: str) -> None:
    """Everybody's score as of a day and a moment (ISO, UTC) of it, and who is left out."""
    start_holders(connection)
    values = values_of(connection, rules, closing)
    if rules.by_results:
        connection.execute(BEST_RESULTS, values)
    else:
        points = rules.contest == "most points"
        for statement in (IN_TIME, TAKEN_BACK):
            text = statement.replace("= :asset", "IN (:asset, :pending)") if points else statement
            connection.execute(text.format(more=EARNED if points else ""), values)
        connection.execute("DELETE FROM holder WHERE tickets <= 0")
    leave_out(connection, rules, closing, moment=moment)


def score_shown(rules: DrawRules) -> str:
    """How a score is written."""
    if rules.contest == "most bought":
        return MONEY if rules.digits else WHOLE
    return RESULT if rules.by_results else WHOLE


def score_of_a_row(rules: DrawRules) -> str:
    """The same as a column of a SELECT that is given no values."""
    return score_shown(rules).replace(":unit", str(10**rules.digits)).replace(":digits", str(rules.digits))


def add_ranking(connection: Connection, draw_id: int, rules: DrawRules, pseudonym: Callable[[int], str], *, closing: Day) -> None:
    """Rank everybody who is not left out, under pseudonyms; the score is kept with what broke a tie."""
    connection.create_function("pseudonym_of", 1, pseudonym)
    tied = JOINED if rules.ties == "who joined first" else REACHED_RESULT if rules.by_results else REACHED
    shown = "date(tie)" if rules.ties == "who joined first" else "strftime('%Y-%m-%dT%H:%M:%SZ', tie, 'unixepoch')"
    tie = f"CASE WHEN tie = 1 << 40 THEN '-' ELSE {shown} END"
    select = ADD_RANKS.format(score=score_shown(rules), tie=tie, tied=tied)
    connection.execute(select, {**values_of(connection, rules, closing), "draw": draw_id})


def members_with_other_scores(connection: Connection, draw_id: int, rules: DrawRules) -> int:
    """How many members have another score now than was frozen."""
    values = {"draw": draw_id, "digits": rules.digits, "unit": 10**rules.digits}
    changed: int = connection.execute(CHANGED.format(score=score_shown(rules)), values).fetchone()[0]
    return changed


def ranking_lines(connection: Connection, draw_id: int) -> Iterator[tuple[str, int]]:
    """The ranking as lines of a file, the best first: pseudonym, score, what broke a tie."""
    return connection.execute("SELECT pseudonym || ' ' || score, 1 FROM draw_rank WHERE draw_id = ? ORDER BY place", (draw_id,))


def save_ranked_winners(connection: Connection, draw_id: int, rules: DrawRules, *, at: str) -> None:
    """The first places take the prizes in their order, the next ones are reserves; the draw counts as run."""
    prizes = [(prize, 0) for prize, count in rules.prizes for _ in range(count)] + [("", 1)] * rules.reserves
    connection.executemany(
        ADD_WINNERS,
        ({"prize": prize, "reserve": reserve, "draw": draw_id, "place": place} for place, (prize, reserve) in enumerate(prizes, 1)),
    )
    connection.execute(
        "UPDATE draw SET run_at = ?, entrants = (SELECT count(*) FROM draw_rank WHERE draw_id = draw.id) WHERE id = ?",
        (at, draw_id),
    )
