"""Days, times of day and their zones, as people write them."""
