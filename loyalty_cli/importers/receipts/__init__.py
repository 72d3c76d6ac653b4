"""One row's road to its receipt; `purchases` is the way in, and a batch of whole receipts is what comes out.

1. `settled`: what only the file can tell of its layout, such as the lines above its table and the form of its dates.
2. `gathering.prepared`, by `shaping` and `filling`: rows of one shape, without blank ones and totals, their blanks filled.
3. `whole`: batches cut between receipts; where these lie scattered, their rows are brought together first.
4. `left_out` and `head_rows`: rows that do not sell anything leave their receipt, and tell it what they know.
5. `heads` (with `moments`) and `lines`: cells become numbers, each different cell once; `faults` notes what means nothing.
6. `sides`, `totals`, `currencies`, `later_facts`: what only a whole receipt can tell of its rows.
7. `draft`: receipts with a fault leave the batch, their rows set aside with the reason.

`quick` goes the same road for the usual export with whole lines of text, and sends all that is odd along the long one.
`cut_end` doubts the last row of a file that may have been cut off.
"""
