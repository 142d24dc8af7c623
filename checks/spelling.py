"""Spelling of what nobody approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import Misspelling, Misspellings
from qa.artefacts.causes import of_passage
from qa.check import Options, check
from qa.finding import Code, Finding, Severity
from qa.text.phrases import in_lines, listed
from qa.text.wording import quoted

_MOST = 10  # words that are told


@dataclass(frozen=True)
class SpellingOptions(Options):
    """``known``: words of the team that are right, whatever a dictionary says."""

    known: tuple[str, ...] = ()


@check(
    "spelling",
    Code(
        "misspelt-word",
        Severity.INFO,
        "A word that nobody approved is probably misspelt.",
        "Correct it; or name it among the known words of this check in qa.toml.",
    ),
)
def spelling(misspellings: Misspellings, options: SpellingOptions) -> Iterator[Finding]:
    """Footers, buttons and alternative texts are spelt as a dictionary has it.

    Approved copy was read by many people; the footer, the preheader and the texts of the pictures by nobody but their
    writer. Only words are told that no dictionary has and that are one slip away from a far commoner one; never names,
    codes, and words of the request.

    Fails:
        email: {}
        build: <html lang="en"><p>Key benifits of the new plan are listed on our page for you.</p></html>

    Passes:
        email: {}
        build: <html lang="en"><p>Key benefits of the new Optimizely plan are listed on our page for you.</p></html>
    """
    known = {word.casefold() for word in options.known}
    found = [slip for slip in misspellings.found if slip.word.casefold() not in known]
    if not found:
        return
    places = [place for slip in found for place in slip.places]
    words = "1 word is" if len(found) == 1 else f"{len(found)} words are"
    lines = in_lines(sorted(places, key=lambda place: place.line or 0))
    message = f"The spelling of {words} worth a look: {listed(map(_told, found), _MOST)}{lines}."
    each = tuple(slip.word for slip in found)
    about = tuple(of_passage(slip.places[0], slip.word) for slip in found)
    yield Finding("misspelt-word", message, places[0], actual=found[0].word, each=each, causes=about)


def _told(slip: Misspelling) -> str:
    return f"{quoted(slip.word)} (perhaps {quoted(slip.meant)})"
