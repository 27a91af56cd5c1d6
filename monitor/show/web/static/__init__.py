"""The history's pages as files, for any web server or none: links lead from file to file."""
