"""Who is told of which alert, and which alerts travel together."""
