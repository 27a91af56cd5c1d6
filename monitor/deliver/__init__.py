"""Couriers: they hand a message over, and tell a temporary failure from a permanent one."""
