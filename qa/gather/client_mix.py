"""The mail programs of a team's readers, as its profile names them."""

from __future__ import annotations

from qa.check import gatherer
from qa.clients.mix import ClientMix, mix
from qa.profile.model import Profile


@gatherer()
def clients(profile: Profile) -> ClientMix:
    """The team's client mix."""
    return ClientMix(mix(profile.clients))
