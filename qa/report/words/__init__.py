"""Sentences of reports that several of them say: of an approval, of what a campaign brought along."""
