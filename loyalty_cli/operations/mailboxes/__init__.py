"""What comes back from members: mailboxes with answers, requests to be left in peace and dead addresses; lists of who left."""
