"""What tills were told, and what an audit of them looks at."""
