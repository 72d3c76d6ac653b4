"""YAML whose every node remembers its line, and the traps that owners fall into."""
