"""Silence that looks like peace: nothing comes from a store, or nothing can come."""
