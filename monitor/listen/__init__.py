"""Where the daemon listens, if it is told to: what CourtListener sends, and how it is itself.

Loopback by default; TLS and the open internet are a proxy's business (`docs/operators.md`).
"""
