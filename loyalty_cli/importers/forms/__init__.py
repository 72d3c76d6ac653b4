"""What form services export: one file each, listed in `all_forms`; `questions` finds the score and the words among the questions."""
