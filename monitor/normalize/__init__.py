"""From a source's words to ours. Plain functions; no I/O, no clock."""
