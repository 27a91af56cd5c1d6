"""What a docket entry states for a calendar: hearings and deadlines with their days."""
