"""One file for each kind of rule: its settings, its documentation with a sample, its behaviour. Pure.

A family is a folder (earn, tiers, discounts, when, give, draws); all_rules.py lists every kind by the word that
names it in the program file. Kinds do not know each other.
"""
