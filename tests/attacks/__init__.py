"""Attacks: what a build or bad luck may try, as tables, and the tests that run them."""
