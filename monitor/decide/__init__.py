"""Judgements over one reading: pure, and the only place where the floors below meet.

`compare` says what changed, `filings` what is told of it, `appeals` where the case goes, `news`
what the press writes, `health` and `outage` what the source's silence is worth, `look_ups` what is
to be asked next, `quota` when it may be asked. `outcome` puts them together.
"""
