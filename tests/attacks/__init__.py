"""Attacks: what would make a wrong “passed”, as tables and the tests that read them."""
