"""Messages: what is due and becomes of it, sending with a claim before, what was sent, what a crash left, the texts."""
