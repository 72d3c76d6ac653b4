"""The way back into the till: files for tills and webshops, and what the tills gave against what was due."""
