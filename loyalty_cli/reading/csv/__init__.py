"""Tables in files: CSV with true line numbers, workbooks, damaged beginnings, lists of tickets."""
