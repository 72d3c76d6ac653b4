"""Statistics of members and months, without a database: who is still active, what they will spend, what comes next.

From outside: one file for each question; `visits.Visits` is what most of them ask about.
"""
