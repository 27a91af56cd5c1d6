"""The courts' own feeds (CM/ECF RSS)."""
