"""The prober of pictures: as that of links, but that the whole picture is read."""

from __future__ import annotations

from qa.check import resource
from qa.network import Guard
from qa.pictures.measure import MOST_BYTES
from qa.probing.exchange import Limits, Wanted, visitors
from qa.probing.prober import Prober
from qa.profile.model import Profile

_PICTURES = Wanted("picture_headers", MOST_BYTES + 1, ("image/", "application/octet-stream", "binary/octet-stream"))


class PictureProber(Prober):
    """Asks addresses of pictures, each once in a session."""


@resource(key=lambda _profile: None)
def picture_prober(_profile: Profile) -> PictureProber:
    """Nothing is opened until an address is asked."""
    return PictureProber(lambda terms: visitors(Guard(terms.allow_private), Limits(), terms.language, _PICTURES))
