"""The prober of pictures: as that of links, but that the whole picture is read."""

from __future__ import annotations

from qa.check import resource
from qa.network import Guard
from qa.pictures.measure import MOST_BYTES
from qa.probing.exchange import Limits, Wanted, visitors
from qa.probing.prober import Prober
from qa.profile.model import Profile

_PICTURES = Wanted("picture_headers", ("image/", "text/", "octet-stream", "xml"), MOST_BYTES + 1)


class PictureProber(Prober):
    """Asks addresses of pictures, each once in a session."""


@resource(key=lambda profile: profile.allow_private)
def picture_prober(profile: Profile) -> PictureProber:
    """Nothing is opened until an address is asked."""
    return PictureProber(lambda: visitors(Guard(profile.allow_private), Limits(), _PICTURES))
