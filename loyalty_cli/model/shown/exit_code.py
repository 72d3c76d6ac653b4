"""What a script learns from the way a command ends."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command; README lists them."""

    OK = 0
    INTERNAL_ERROR = 1
    USAGE = 2
    NO_DATABASE = 10
    LOCKED = 11
    DAMAGED = 12
    NEWER_VERSION = 13
    NO_SPACE = 14
    READ_ONLY = 15
    PROGRAM_HAS_MISTAKES = 20
    LAYOUT_DOES_NOT_FIT = 21
    EXPORT_REFUSED = 22
    STILL_GROWING = 23
    SILENT = 24
    DIFFERENCES = 30
    TILL_DIFFERS = 31
    REFUSED = 40
    SET_ASIDE = 100
    INTERRUPTED = 130
    TERMINATED = 143
