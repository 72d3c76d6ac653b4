"""What an unknown export is: its form, its columns by name and by look, and the draft of a layout with the open questions.

inspected.py goes through a file step by step; cards, dates, form, labels, numbers and receipts each settle their part of
the draft or write the question that only the owner can answer.
"""
