"""How tickets follow from a number: one file for each method, `all_methods` the list, `prizedraw` who then wins what."""
