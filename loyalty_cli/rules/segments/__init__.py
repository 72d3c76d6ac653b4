"""The conditions of segments, a file each."""
