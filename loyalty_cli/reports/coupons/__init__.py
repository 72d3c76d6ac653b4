"""Reports on coupons and their uses."""
