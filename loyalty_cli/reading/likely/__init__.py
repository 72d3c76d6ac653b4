"""What an unknown file seems to be: its encoding, marks, tables, dates and numbers."""
