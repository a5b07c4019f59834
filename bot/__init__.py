"""The running service: opens everything, speaks to the outside."""
