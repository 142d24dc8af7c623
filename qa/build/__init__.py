"""What was built: the files of every asset, decoded; never anything outside the campaign folder.

Other rooms use `campaign` (the campaigns a target names), `assets` (their emails and pages), `digest`, and to read what
is in a file: `decoding` (bytes as text), `mime` (messages) and `web` (addresses).
"""
