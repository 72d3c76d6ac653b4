"""Reports on draws, winners and prizes."""
