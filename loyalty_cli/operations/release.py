"""Which release of loyalty this is."""

from __future__ import annotations


def release() -> str:
    """The version that is installed; '' where it is run from its folder."""
    from importlib import metadata

    try:
        return metadata.version("loyalty-cli")
    except metadata.PackageNotFoundError:
        return ""
