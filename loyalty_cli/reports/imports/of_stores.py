"""Of which stores a file is, as SQL: those its receipts are of; of one that brought none, the store it was imported for."""

from __future__ import annotations

# A file whose rows name their stores was imported for one, too, that none of its receipts need be of.
NAMED = """
brought (import_id, store_id) AS MATERIALIZED (
  SELECT import_id, store_id FROM receipt
   UNION SELECT sighting.import_id, receipt.store_id FROM sighting JOIN receipt ON receipt.id = sighting.receipt_id),
named (import_id, name) AS MATERIALIZED (
  SELECT import_id, store.name FROM brought JOIN store ON store.id = store_id
   UNION ALL SELECT id, store FROM import WHERE id NOT IN (SELECT import_id FROM brought))"""
IS_OF = "(:stores = '[]' OR import.id IN (SELECT import_id FROM named WHERE name IN (SELECT value FROM json_each(:stores))))"
