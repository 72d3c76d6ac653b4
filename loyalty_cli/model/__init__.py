"""The nouns: money, days, members, purchases, entries, standings, tables, problems, outcomes.

Plain immutable records and arithmetic on them. Nothing here reads a file, a clock or a database, and nothing
here imports another folder of the program.
"""
