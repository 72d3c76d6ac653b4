"""The shop's verbs without a terminal: each opens the shop, makes one transaction, returns an Outcome.

The date, the moment and any seed are arguments. Nothing here prints.
"""
