"""Ways out of the outbox: e-mail, .eml, files for SMS providers. None is built yet; the folder keeps its place."""
