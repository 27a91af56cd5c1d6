"""From bytes to raw records, word for word, of the items not yet seen."""
