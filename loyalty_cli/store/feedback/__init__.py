"""What members told the shop: answers with a score, and complaints.

From outside: `scores_of_many` and `complaining`; who complains hears no advertising.
"""
