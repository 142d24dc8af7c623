"""Words that stand twice in a row in what nobody approved."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Passages
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.source import Place
from qa.text.doubled_words import doubled_words
from qa.text.phrases import in_lines, listed
from qa.text.wording import alike, quoted


@check(
    "doubled-words",
    Code("doubled-word", Severity.INFO, "A word stands twice in a row.", "Take one of the two out."),
)
def doubled(passages: Passages) -> Iterator[Finding]:
    """No word stands twice in a row.

    “Until the the end of March” is read over by whoever knows the sentence, and noticed by its readers. Some words are
    doubled by right in a language, and are left alone.

    Fails:
        email: {}
        build: <html lang="en"><p>The offer is open until the the end of March, for members only.</p></html>

    Passes:
        email: {}
        build: <html lang="en"><p>We knew that that was a very very good offer for all of our members.</p></html>
    """
    if not passages.found:
        raise Skip("there is no text that nobody approved")
    found: dict[str, list[Place]] = {}
    for passage in passages.found:
        for words in doubled_words(passage.text, passage.language):
            if alike(passage.text.replace(words, words.split()[0])).casefold() in passages.asked:
                continue  # who compares the build with the request tells it
            found.setdefault(words, []).append(passage.where)
    if not found:
        return
    places = [place for each in found.values() for place in each]
    message = f"A word stands twice in a row: {listed(map(quoted, found))}{in_lines(places)}."
    about = tuple(of_passage(each[0], words) for words, each in found.items())
    yield Finding("doubled-word", message, places[0], actual=next(iter(found)), each=tuple(found), causes=about)
