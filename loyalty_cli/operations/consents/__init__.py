"""What members say to being written to or called: given, withdrawn, listed, handed to mailing services."""
