"""The web asked what stands behind addresses: the prober, what it never asks, and how answers are read."""
