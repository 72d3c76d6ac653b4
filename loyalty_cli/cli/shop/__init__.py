"""Commands for the folder as a whole: init, demo, nightly, backup, restore, check, status."""
