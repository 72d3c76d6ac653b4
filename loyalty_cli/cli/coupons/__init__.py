"""`loyalty coupons` and `loyalty redeem`."""
