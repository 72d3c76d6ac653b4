"""The ways out: what becomes of messages once they are to leave the shop; one file each, listed in `all_senders`.

From outside: `all_senders.sender_for(channel, way, place)` gives a `model.message.Sender`; `mailing` has the lists of
mailing services. Senders make bytes; where files are put, the moment and the password are given to them by `Place`.
"""
