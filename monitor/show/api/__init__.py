"""The history for programs: the answers of the pages, under a version, described by OpenAPI."""
