"""What members say of the shop, how far that can be relied on, and what became of complaints."""
