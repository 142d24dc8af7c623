"""The profile: a team's policy, and the clock it is judged by.

Other rooms use `model` (the profile itself), `load` (the one of a folder), `qa_toml` (the file), `codes` and
`clock`.
"""
