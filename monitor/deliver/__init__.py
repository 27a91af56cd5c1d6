"""Couriers: they hand a notification over, and tell a temporary failure from a permanent one.

A channel is one folder: what its recipients look like in the settings, and its courier. Adding one
touches its folder and `registry.py`.
"""
