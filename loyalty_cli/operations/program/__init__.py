"""Checking, showing and adopting the program file."""
