"""One file for each provider of text messages: what its file looks like, with the evidence (A: the provider's own page)."""
