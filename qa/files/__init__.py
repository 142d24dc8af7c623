"""Files of people: YAML, TOML, paths, and how a mistake in them is said."""
