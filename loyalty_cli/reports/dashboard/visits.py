"""In which months each member bought: what the flow and the cohorts are counted from."""

from __future__ import annotations

# A month as one number that can be counted on: twelve times the year and the month from 0.
MONTH = "CAST(strftime('%Y', day) AS INTEGER) * 12 + CAST(strftime('%m', day) AS INTEGER) - 1"
# Each member's months with a purchase, and how many months after the one before it (no number: it is the first).
VISITS = f"""
WITH visit AS (
  SELECT DISTINCT member_id, {MONTH} AS month FROM receipt
   WHERE gone = 0 AND member_id IS NOT NULL AND day <= :last AND total + returned > 0
), course AS (
  SELECT member_id, month, month - lag(month) OVER member AS after, min(month) OVER member AS first
    FROM visit WINDOW member AS (PARTITION BY member_id ORDER BY month)
)
"""


def number_of(month: str) -> int:
    """The number of `2026-11`."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_of_number(number: int) -> str:
    """The month of a number.

    >>> month_of_number(number_of("2026-01"))
    '2026-01'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}"
