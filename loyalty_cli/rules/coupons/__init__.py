"""What a coupon is worth and when it can be used: its terms, how they are said, and how a coupon keeps them."""
