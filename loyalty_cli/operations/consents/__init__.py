"""What members say to being written to or called: given, withdrawn, listed, heard from a mailbox, handed to mailing services."""
