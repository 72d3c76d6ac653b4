"""The hash that only who has its key can make: of codes, of chance, of addresses."""

from __future__ import annotations


def keyed_hash(key: bytes, words: str) -> bytes:
    """HMAC-SHA256 (RFC 2104), 32 bytes."""
    # Imported here because most commands that could make a hash make none, and its library takes longer to load than they do to look.
    import hmac

    return hmac.digest(key, words.encode(), "sha256")
