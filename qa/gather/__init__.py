"""Gatherers: what is found in a build, one artefact a module; they do not judge.

No room imports one by name: the registry finds them all, and a check asks for an artefact by its type.
"""
