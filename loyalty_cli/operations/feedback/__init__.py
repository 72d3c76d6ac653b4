"""What members say of the shop, and what is done about complaints."""
