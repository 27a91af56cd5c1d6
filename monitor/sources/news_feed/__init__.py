"""News and official feeds."""
