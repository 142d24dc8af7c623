"""Merge tags: their pattern, the grammars of platforms, the names of fields.

Other rooms use `pattern` (what a merge tag is anywhere), `grammar` (a platform's tags, and what is wrong with them),
`platforms` (which platform a build is made for), `field_names` and `tagless` (a text without its tags).
"""
