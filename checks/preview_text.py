"""What an inbox shows behind the subject line: the preheader, or what stands first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Block, Email, InboxText, Markup, Tokens
from qa.artefacts.causes import of_asked, of_passage
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity
from qa.links.roles import mentions, role_in_words
from qa.markup.merge_tag_mask import BLOT
from qa.match.hidden_texts import hidden_at_the_top
from qa.match.merge_tags import without_logic
from qa.request import AskedEmail
from qa.source import Text
from qa.text.phrases import listed
from qa.text.wording import alike, loose, quoted

_LONGEST_LABEL = 120  # letters of a sentence around the link; more is a paragraph that says something of its own


@check(
    "preview-text",
    Code(
        "view-link-first",
        Severity.WARNING,
        "The inbox shows the words of the view-in-browser link behind the subject line.",
        "Put a preheader in front of them: in the platform's field, or as the first hidden text of the body.",
    ),
    Code(
        "repeated-subject",
        Severity.WARNING,
        "The preheader says what the subject line says.",
        "Say something new: the two stand side by side.",
    ),
    Code(
        "padded-preheader",
        Severity.WARNING,
        "Signs without ink stand in front of the preheader and push it out of sight.",
        "Put them behind the preheader.",
    ),
    Code(
        "several-preheaders",
        Severity.WARNING,
        "Several hidden texts stand at the top; the inbox shows them one after another.",
        "Remove the one that is left over.",
    ),
)
def preview_text(
    asked: AskedEmail, email: Email, markup: Markup, inbox: InboxText, tokens: Tokens
) -> Iterator[Finding]:
    """What an inbox shows behind the subject line says something of its own.

    A third of the line is the preview text. Without a preheader it is the first text of the body, mostly “View in
    browser”; with two, the last campaign's words follow the new ones.

    Fails:
        email: {}
        sidecar: {subject: Save your seat}
        build: <p><a href="{{system.viewAsWebpageLink}}">View in browser</a></p><p>Hello</p>

    Passes:
        email: {}
        sidecar: {subject: Save your seat}
        build: <div style="display:none">Forty minutes, free</div><p>View in browser</p><p>Hello</p>
    """
    envelope = email.envelope
    set_apart = envelope.preheader is not None and envelope.preheader is not markup.preheader
    line = (of_asked(asked.place("preheader"), asked.preheader),) if asked.preheader else ()
    blocks = [block for block in markup.blocks if not block.outlook_only and _prints(block, tokens)]
    first = next((block for block in blocks if not block.hidden), None)
    yield from _view_link(email, envelope.preheader, first, line)
    yield from _repeats(asked, email, line)
    if set_apart:
        return  # the platform puts it in front of all that stands in the HTML
    if inbox.padding >= facts("inbox")["padding"]["felt"]:
        shown = markup.preheader.value if markup.preheader else first.text if first else ""
        message = f"{inbox.padding} signs without ink stand in front of {quoted(shown)}: the inbox shows a blank."
        yield Finding("padded-preheader", message, inbox.where, causes=line)
    yield from _several(markup, blocks, line)


def _prints(block: Block, tokens: Tokens) -> bool:
    """Whether something of a block is printed: a script of the platform at the top is not."""
    return any(map(str.isalnum, without_logic(block.text, tokens)))


def _view_link(email: Email, preheader: Text | None, first: Block | None, line: tuple[Cause, ...]) -> Iterator[Finding]:
    hidden = preheader is not None and bool(preheader.value.strip())
    text, where = (preheader.value, preheader.where) if hidden and preheader else ("", None)
    if not hidden and first is not None:
        text, where = first.text, first.where
    if where is None or not _is_view_link(text):
        return
    sure = hidden or email.envelope.origin in ("headers", "sidecar")
    message = f"The inbox shows {quoted(text)} behind the subject line"
    message += "." if sure else ", unless the platform's own field has a preheader."
    yield Finding("view-link-first", message, where, review=not sure, causes=line or (of_passage(where, text),))


def _is_view_link(text: str) -> bool:
    """Whether a text is the label of that link, or a sentence around it: «Images not shown? View in browser»."""
    return role_in_words(text) == "view-in-browser" or (
        len(text) <= _LONGEST_LABEL and mentions("view-in-browser", text)
    )


def _repeats(asked: AskedEmail, email: Email, line: tuple[Cause, ...]) -> Iterator[Finding]:
    subject, preheader = email.envelope.subject, email.envelope.preheader
    if email.envelope.origin not in ("headers", "sidecar") or subject is None or preheader is None:
        return
    said, again = loose(subject.value), loose(preheader.value)
    as_asked = asked.preheader is not None and alike(asked.preheader) == alike(preheader.value)
    if said and again.startswith(said) and not as_asked:
        message = f"The preheader {quoted(preheader.value)} says what the subject line says."
        about = line or (of_passage(preheader.where, preheader.value),)
        yield Finding("repeated-subject", message, preheader.where, actual=preheader.value, causes=about)


def _several(markup: Markup, blocks: Sequence[Block], line: tuple[Cause, ...]) -> Iterator[Finding]:
    """Hidden texts in front of what is seen, and nothing between them that may choose one."""
    top = hidden_at_the_top(blocks)
    if len(top) > 1 and BLOT not in markup.masked[top[0].where.offset : top[-1].where.offset]:
        message = f"{len(top)} hidden texts stand at the top: {listed((quoted(block.text, 60) for block in top), 3)}."
        about = line or (of_passage(top[1].where, top[1].text),)
        yield Finding("several-preheaders", message, top[1].where, actual=top[1].text, causes=about)
