"""The `qa` command: its arguments, and what stands in the terminal."""
