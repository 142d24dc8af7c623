"""Approval of screenshots: what was accepted of a campaign, and what changed since.

Other rooms use `accept` (what is accepted and kept), `baseline` (the folder it is kept in), `comparison` (a screenshot
against the approved one) and `mock_up` (a screenshot against the design).
"""
