"""One file for each command, named as it is called: a file here is a command there."""
