"""What people and machines may ask: the commands."""
