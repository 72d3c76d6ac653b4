"""Bringing exports and lists in, a file for each verb or kind of list; and what follows: rejects, conflicts, revert, reconcile.

layout_meant.py knows the store and the layout of a name, layout_chosen.py says what reads a file, purchase_loading.py and
lists.py book what was read, said.py and lists_said.py tell it. inspect_file.py drafts a layout for an unknown export,
tills.py lists the known ones.
"""
