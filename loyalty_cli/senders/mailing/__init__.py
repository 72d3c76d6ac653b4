"""Lists for mailing services: who agrees to be written to, and in a second file who does not any more; one file each."""
