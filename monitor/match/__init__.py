"""Keep what some watch is about."""
