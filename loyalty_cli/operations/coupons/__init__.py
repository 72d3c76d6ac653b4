"""Coupons issued, printed, withdrawn and used; points used at the till."""
