"""Merge tags of a request."""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.merge_tags.grammar import grammar
from qa.request.brief import AssetBrief
from qa.request.gaps import gap
from qa.request.texts import used_tokens
from qa.text.phrases import listed
from qa.text.wording import quoted

_NO_TOKENS = Code(
    "no-tokens",
    Severity.INFO,
    "The request uses merge tags and does not list them.",
    "List every merge tag, with its default, under `tokens`.",
)


@check(
    "request-tokens",
    _NO_TOKENS,
    Code(
        "unlisted-token",
        Severity.WARNING,
        "The wording uses a merge tag that `tokens` does not list.",
        "Add it to `tokens`, or take it out of the wording.",
    ),
    Code(
        "bare-greeting",
        Severity.WARNING,
        "A merge tag of a person has no default: who left that field empty is greeted with nothing.",
        "Ask for the default, and write it into the merge tag.",
    ),
)
def request_tokens(brief: AssetBrief) -> Iterator[Finding]:
    """The request lists every merge tag it uses, with a default where it greets somebody.

    A third of a list has no first name. Without a default they read “Hello ,” and know what they are to the sender.

    Fails:
        campaign:
          platform: marketo
          emails: [{name: invite, subject: "{{lead.First Name}}, your seat", tokens: ["{{lead.First Name}}"]}]

    Passes:
        campaign:
          platform: marketo
          emails:
            - name: invite
              subject: "{{lead.First Name:default=Hello}}, your seat"
              tokens: ["{{lead.First Name:default=Hello}}"]
    """
    asset, used = brief.asset, used_tokens(brief.asset)
    if not used and not asset.tokens:
        raise Skip("the request uses no merge tag")
    if asset.tokens is None:
        tags = listed(_quoted(sorted(used)))
        yield gap(_NO_TOKENS, asset.place(), f"The merge tags {tags} are used, and `tokens` does not list them.")
    allowed = {*(asset.tokens or ())}.union(*(variant.tokens or () for variant in getattr(asset, "variants", ())))
    strange = [tag for tag in used if tag not in allowed]
    if asset.tokens is not None and strange:
        verb = "are" if len(strange) > 1 else "is"
        message, said = f"{listed(_quoted(strange))} {verb} used, and `tokens` does not say so.", ", ".join(strange)
        yield Finding("unlisted-token", message, request=used[strange[0]], actual=said, each=tuple(strange))
    everywhere = dict.fromkeys([*used, *(asset.tokens or ())])
    bare = [tag for tag in everywhere if _greets_nobody(tag, brief.request.platform or "")]
    if bare:
        verb = "have" if len(bare) > 1 else "has"
        message, place = f"{listed(_quoted(bare))} {verb} no default.", used.get(bare[0]) or asset.place("tokens")
        yield Finding("bare-greeting", message, request=place, actual=", ".join(bare), each=tuple(bare))


def _quoted(tags: list[str]) -> Iterator[str]:
    return (quoted(tag, 60) for tag in tags)


def _greets_nobody(tag: str, platform: str) -> bool:
    """Whether a tag fills in a person's field and has no default, on a platform that writes defaults into tags."""
    chosen = grammar(platform) if platform in facts("triage")["tokens"]["inline_defaults"] else None
    found = chosen.read(tag)[0] if chosen else []
    return any(chosen is not None and each.default is None and _is_name(each.name) for each in found)


def _is_name(name: str) -> bool:
    """Whether a field is what people are greeted with."""
    plain = "".join(letter for letter in name.casefold() if letter.isalpha())
    return plain.endswith(("firstname", "lastname", "fname", "lname", "fullname", "givenname", "surname"))
