"""The team's policy, and the clock it is judged by."""
