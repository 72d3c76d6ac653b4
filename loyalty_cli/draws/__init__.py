"""The pure part of prize draws: whose ticket is which, what a number picks, and the proof that anyone can check.

`names` and `of_program` say what is drawn, `numbers/` where the public number comes from, `methods/` which tickets it
picks, `proof/` what is published. No database, no clock, no chance of our own.
"""
