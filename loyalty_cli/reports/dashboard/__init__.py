"""The page for every Monday: five numbers, then pictures, each in a file of its own over a pure summary.

To add a picture: one file with `picture(connection, asked, seen)`, which gives a Picture or the sentence why there is none, and one
line in all_pictures.py.
"""
