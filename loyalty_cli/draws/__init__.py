"""The pure part of prize draws: whose ticket is which, what a number picks, what is proven, refused, said and signed.

In the order of a draw: `of_program` its rules, `announced` whether they hold, `names` and `reasons` who enters and who does
not, `numbers/` where the public number comes from, `striking` tickets struck out, `methods/` which tickets a number picks,
`proof/` what is published and how it is verified, `kept` a draw that was made, `claiming` its prizes, `papers/` what is said
and signed. All of these may be used from outside. No database, no files, no clock, no chance of our own.
"""
