"""What was filed: kind and reason, from words alone."""
