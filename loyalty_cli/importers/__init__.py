"""Till exports and lists in CSV, turned into batches of purchases, members and products.

A layout (a YAML file, or one of `all_importers`) says how a till writes its export; `found_layout` finds the one for a file.
`receipts.purchases` reads purchases and `lists` the rest, `inspecting` is for unknown exports, `cards` and `cells` tidy what is
typed by hand, too. Nothing here knows the database.
"""
