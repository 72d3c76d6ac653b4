"""Messages: what the ledger owes, what was begun, sent and given up, and what texts can name of a member."""
