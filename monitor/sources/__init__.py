"""Kinds of sources, one folder each: requests, grammar, the way into a sighting, traits.

Adding a kind touches its folder and `registry.py`.
"""
