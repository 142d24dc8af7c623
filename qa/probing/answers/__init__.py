"""Answers of the web read: what is there, what is gone, what stands in its place, and how it is told."""
