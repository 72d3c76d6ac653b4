"""Reports on files brought in, set-aside rows and conflicts."""
