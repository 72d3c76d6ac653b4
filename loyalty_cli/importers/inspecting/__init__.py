"""What an unknown export is: its form, its columns by name and by look, and the draft of a layout with the open questions.

From outside: `judged.looked_at` looks at a file and tries the draft on it, `said.outcome_of` tells what was found.
Inside, text.py reads the rows and inspected.py goes through them step by step, claimed.py has the draft for a known till;
cards, dates, form, labels, numbers and receipts each settle their part of the draft or write the question that only the
owner can answer.
"""
