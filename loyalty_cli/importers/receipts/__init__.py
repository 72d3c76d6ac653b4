"""One row to one receipt: cut, shaped, gathered by receipt, checked against its total. `purchases` is the way in."""
