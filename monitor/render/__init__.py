"""Alerts in words: mail, webhook document, terminal."""
