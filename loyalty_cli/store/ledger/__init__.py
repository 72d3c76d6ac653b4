"""Facts read for replay, entries and standings written; who is due."""
