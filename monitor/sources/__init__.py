"""Kinds of sources, one folder each: requests, grammar, and the way into a sighting."""
