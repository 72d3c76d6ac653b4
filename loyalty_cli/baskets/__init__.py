"""What the till should charge for a basket, and why: pure arithmetic on lines.

`pricing.price` is the way in, with the nouns of `basket`. In order: line offers and percents (`discounts`, which go together as
`together` says), coupons (`coupons`), points (`points`); each on what remains. `effects` makes exact parts whole.
"""
