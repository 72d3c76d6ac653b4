"""What is published of a draw: its files, and that they fit each other.

files.py and facts.py have the texts of the close, draw.py those of the run, contest.py those of a ranking, redraw.py those of
a place drawn again; claims.py reads a proof with suspicion. `verify.differences` and `contest.contest_differences` compare a
`published.Published` folder with what its own files give.
"""
