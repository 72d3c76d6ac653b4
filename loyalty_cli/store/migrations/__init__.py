"""How the database's shape came to be, step by step.

A new step is a function and the last line of `STEPS`; none is ever changed. The present shape as a whole: tests/store/schema.sql.

Days are Julian day numbers (`date(day)` shows them), moments are seconds since 1970 UTC or ISO text, money is
minor units, quantities are thousandths, 1 and 0 are yes and no. A text that is not known is ''.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from loyalty_cli.store.migrations import aside
from loyalty_cli.store.migrations import chains
from loyalty_cli.store.migrations import closed_months
from loyalty_cli.store.migrations import consents
from loyalty_cli.store.migrations import draws
from loyalty_cli.store.migrations import erased
from loyalty_cli.store.migrations import feedback
from loyalty_cli.store.migrations import first_changes
from loyalty_cli.store.migrations import first_shape
from loyalty_cli.store.migrations import households
from loyalty_cli.store.migrations import merges
from loyalty_cli.store.migrations import messages
from loyalty_cli.store.migrations import programs
from loyalty_cli.store.migrations import rewards_and_books
from loyalty_cli.store.migrations import seals_and_counter

# In the order in which they happened.
STEPS = (
    first_shape.the_first_shape,
    first_changes.more_kinds_of_imports,
    first_changes.draws_opened_and_voided,
    first_changes.cards_made_in_advance,
    first_changes.life_after_draws,
    first_changes.refunds_told_later,
    first_changes.conflicts_seen_again,
    first_changes.prizes_handed_over,
    first_changes.turnover_of_closed_months,
    first_changes.returns_by_line,
    first_changes.members_merged,
    seals_and_counter.versions_of_receipts,
    seals_and_counter.names_of_stores,
    seals_and_counter.tills_that_end_no_line,
    seals_and_counter.seals_of_rows,
    seals_and_counter.runs_taken_back,
    seals_and_counter.receipts_by_number,
    seals_and_counter.further_uses,
    seals_and_counter.bearer_coupons,
    seals_and_counter.what_points_were_used_for,
    seals_and_counter.till_exports,
    seals_and_counter.done_by_hand,
    seals_and_counter.foreign_codes,
    rewards_and_books.places_of_limits,
    rewards_and_books.lists_of_events,
    rewards_and_books.events_seen_again,
    rewards_and_books.layouts_as_they_were,
    rewards_and_books.gifts_handed_out,
    rewards_and_books.name_days,
    rewards_and_books.what_concerns_others,
    rewards_and_books.who_brought_whom,
    rewards_and_books.books_of_months,
    consents.consents_by_purpose,
    consents.lists_of_consents,
    feedback.feedback_and_complaints,
    feedback.lists_of_feedback,
    messages.messages_begun,
    programs.versions_as_read,
    households.households,
    draws.draws_hold_the_records,
    chains.files_of_chains,
    merges.steps_of_merges,
    erased.standings_of_erased,
    aside.rows_told_again,
    closed_months.standings_of_closed_months,
)

migrations = Migrations("loyalty")
for step in STEPS:
    migrations()(step)
