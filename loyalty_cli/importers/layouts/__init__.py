"""How an export is written: the settings of a layout, its columns, where each stands in a file, its labels."""
