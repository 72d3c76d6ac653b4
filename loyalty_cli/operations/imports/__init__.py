"""Bringing exports and lists in, a file for each verb or kind of list; and what follows: rejects, conflicts, revert, reconcile.

shop_terms.py has what the program says of every import, layout_chosen.py says what reads a file, purchase_loading.py and
lists.py book what was read, said.py and lists_said.py tell it. inspect_file.py drafts a layout for an unknown export,
tills.py lists the known ones.
"""
