"""Reports on points and what is owed."""
