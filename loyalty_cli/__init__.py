"""A shop's loyalty program from a folder: rules in YAML, purchases from the till's CSV, one SQLite file."""
