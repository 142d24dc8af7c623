"""HTML and CSS as they are written, with their places in the source."""
