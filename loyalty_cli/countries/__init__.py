"""What each country asks of a prize draw and takes of a prize: one file per country, dated, each row with its source.

Data, not advice: a row says what was read, where and when; what could not be checked says so.
"""
