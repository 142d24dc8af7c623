"""Visits of pages: a page is opened in Chromium with its scripts on, and what it does there is written down."""
