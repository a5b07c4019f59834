"""What happens when a resident writes, an office acts, the clock strikes."""
