"""Pages of the history: they ask `history`, and judge nothing."""
