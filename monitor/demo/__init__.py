"""A small court on the loopback interface, for `demo` and for journeys in tests.

It publishes feeds in the courts' own grammar from a timeline file, answers as CourtListener does,
misbehaves on command, and receives mail and webhooks. It is a reconstruction, not a record.
"""
