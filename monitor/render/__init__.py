"""Alerts in words: a message for people, a document for programs. Pure: no I/O, no clock."""
