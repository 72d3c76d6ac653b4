"""Reports on members and their tiers."""
