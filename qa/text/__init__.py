"""Words, dates, times, money and addresses in many languages."""
