"""Till exports and lists in CSV, turned into batches of purchases, members and products.

A layout (a YAML file, or one of `all_importers`) says how a till writes its export. Nothing here knows the database.
"""
