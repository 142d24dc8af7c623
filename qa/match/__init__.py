"""What was asked for matched with what was built; some are gatherers."""
