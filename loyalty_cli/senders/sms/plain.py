"""For any program: key, number in digits and text as CSV (RFC 4180), UTF-8, with a header."""

from __future__ import annotations

from loyalty_cli.senders.sms_file import Provider

PROVIDER = Provider(name="sms", evidence="A", columns=("key", "number", "text"), delimiter=",", quote='"', header=True, marks={})
