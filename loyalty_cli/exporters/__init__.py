"""From what a member or a coupon is to a file that a till or a webshop takes: one file for each known target in `targets`."""
