"""From an alert to a message for each recipient."""
