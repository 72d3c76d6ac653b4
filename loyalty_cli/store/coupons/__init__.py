"""Coupons, their printing, and every redemption."""
