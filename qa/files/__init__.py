"""Files that people write: YAML, TOML, paths, and the words for a mistake in them.

Other rooms use `yaml`, `toml`, `paths` (never outside the campaign folder), `problem` (a mistake and its line) and
`atomic` (files written whole or not at all).
"""
