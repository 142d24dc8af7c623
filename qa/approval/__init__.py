"""The looks of a campaign that were approved, and what changed since."""
