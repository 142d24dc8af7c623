"""Addresses that lead nowhere, or not where they seem to: torn, copied, never filled in."""
