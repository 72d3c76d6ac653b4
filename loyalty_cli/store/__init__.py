"""Everything about SQLite: opening, migrating, one transaction, and one file for each noun that is kept.

The only folder that imports sqlite3. Other folders hand it plain records and get plain records back.
"""
