"""Known entries and new sightings: which entry is this, what changed, what to remember?"""
