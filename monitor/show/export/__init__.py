"""The history as files: entries in the forms that other programs read, made while it is read."""
