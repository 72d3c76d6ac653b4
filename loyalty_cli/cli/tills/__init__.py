"""`loyalty till`: files for tills and webshops, and what tills gave."""
