"""Targets whose form is known, one file each: `TARGET` is data, the docstring says what the file is, and the evidence."""
