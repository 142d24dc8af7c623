"""The mail programs of a team's readers, as its profile names them."""

from __future__ import annotations

from qa.check import gatherer
from qa.clients.mix import ClientMix, mix
from qa.profile.settings import Profile


@gatherer()
def clients(settings: Profile) -> ClientMix:
    """The team's client mix."""
    return ClientMix(mix(settings.clients))
