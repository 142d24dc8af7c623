"""Merge tags: their pattern, the grammars of platforms, the names of fields."""
