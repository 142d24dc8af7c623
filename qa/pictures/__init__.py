"""Pictures: what is measured of a file."""
