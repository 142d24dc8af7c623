"""The web asked what stands behind addresses: the prober, and what it never asks."""
