"""Watches public court dockets and news feeds, and tells people when a court acts.

Read `poll.py` first, then `dispatch.py`: they tell the story. `docs/decisions.md` says why.
"""

__version__ = "0.1.0"
