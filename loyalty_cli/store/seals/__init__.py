"""The proof of every row: what is sealed (`tables`), how seals are kept (`seals`), which are broken (`broken`)."""
