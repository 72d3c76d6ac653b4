"""What owners and analysts may ask the database themselves: documented views, and the guard around a question.

From outside: `ALL_VIEWS` (all_views), `ask` (asking), `exact_rows` (exact).
"""
