"""The shop's program as a whole: reading program.yaml, checking that its parts fit together, its worked examples."""
