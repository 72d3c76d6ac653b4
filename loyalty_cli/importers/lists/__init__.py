"""Lists that are not purchases: members, products, redemptions, opening balances, daily totals."""
