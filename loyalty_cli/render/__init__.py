"""One file per format: an Outcome with its tables as a terminal page, CSV, JSON, XLSX or HTML.

Words live here too: below the command line a text is a phrase; only this folder knows languages.
To add a format: one file with a function `render`, one line in all_formats.py, one golden.
"""
