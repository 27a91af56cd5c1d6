"""Chat and push: one file for settings, one for handing over."""
