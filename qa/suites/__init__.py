"""Campaigns as suites of pytest: every check of every asset is a test. docs/pytest.md

Loaded by every pytest of an environment: `plugin` imports nothing of the rest before there is a campaign.
"""
