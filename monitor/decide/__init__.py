"""Judgements over one reading: pure, and the only place where the floors below meet.

`entries` compares, `telling` says what is told of it, `stories` looks at the press, and
`health` at the source itself. `poll.decide` puts them together.
"""
