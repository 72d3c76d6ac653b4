"""What is asked at the counter: quotes, the counter's screen, what is printed for one member."""
