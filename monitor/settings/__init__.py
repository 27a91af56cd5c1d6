"""What the operator wrote: YAML and secrets, checked line by line, as frozen values."""
