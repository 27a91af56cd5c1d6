"""The words of the field, as frozen values. Nothing here does anything."""
