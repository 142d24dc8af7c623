"""Email clients: what they support, who reads with them, what readers lose."""
