"""What is said and signed of a draw, a file for each paper, made from plain values.

From outside: `announcement`, `poster.closed`, `tickets.tickets_table`, `winners.winners_shown`, `claimed` with its
`handover_note`, and `minutes.document_of`; prizes.py is a part of the minutes.
"""
