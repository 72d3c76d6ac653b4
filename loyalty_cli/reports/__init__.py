"""One file per report: a SELECT and its columns, run through the store, giving a Table.

To add a report: one file with COLUMNS, TAKES and `table`, one line in all_reports.py, one golden.
It has every format at once.
"""
