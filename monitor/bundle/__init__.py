"""The bundle: what is known of a case, so that a stranger can check it."""
