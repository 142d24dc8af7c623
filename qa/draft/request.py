"""A first request.yaml for a build: the build passes it, and a person corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.artefacts import Links, Markup, Tokens
from qa.draft.asset import BY_TEXT, Built, Shared, asset_section, one_line, read_build
from qa.draft.links import DraftedLink, Plan, tracking_plan
from qa.draft.platform import platforms_by_markup
from qa.draft.yaml import Section, written
from qa.finding import Unusable
from qa.request import PLATFORMS
from qa.text.phrases import listed

HEADING = (
    "A first draft of a request, written by `qa draft` from what was built. It says what IS, not what was asked for: "
    "a mistake of the build stands here as if it had been wanted.",
    "Correct every line by hand against the brief, take out what nobody asked for, and add what is missing: people, "
    "send, offer, legal regions, audience. Then run `qa triage` and `qa run`.",
)
LARGEST = 1_000_000  # bytes, of any request


def draft(builds: Sequence[Path], *, folder: Path | None = None, kind: str | None = None) -> str:
    """A request.yaml for the campaign folder ``folder``; None: the folder the builds, or their build/, stand in.

    Unusable where a build cannot be read.
    """
    folder = folder or _campaign_folder(builds[0])
    found = [read_build(build, kind) for build in dict.fromkeys(builds)]
    if faults := [one.asset.fault for one in found if one.asset.fault]:
        raise Unusable(*faults)
    by_markup = _by_markup(found)
    if by_markup:  # its merge tags are read now that the platform is known
        found = [read_build(build, kind, by_markup) for build in dict.fromkeys(builds)]
    text = written(_request(found, _names(found), folder, by_markup), *HEADING)
    if len(text.encode()) > LARGEST:
        raise Unusable("The draft would be too large for one request; draft the builds one at a time.")
    return text


# ------------------------------------------------------------------------------------------------------ the request


def _request(found: list[Built], names: list[str], folder: Path, by_markup: str) -> Section:
    shared = _shared(found, folder)
    request = Section()
    request.put("id", names[0], "The number of the ticket: no build shows it, so this is the build's name.")
    request.put("name", _campaign_name(found[0]), "What people call the campaign.")
    _put_platform(request, found, by_markup)
    if shared.language:
        said = "What the documents say of themselves (lang); see that they are written in it."
        said = BY_TEXT if any(one.by_text for one in found) else said
        request.put("language", shared.language, said)
    else:
        request.note("language: the documents do not say, or do not agree.")
    _put_tracking(request, shared.plan)
    if shared.legal:
        request.put("legal", Section({"must_include": [*shared.legal]}), "Add `regions`, such as uk, de.")
    for kind, key in (("email", "emails"), ("page", "pages")):
        of_kind = [(one, name) for one, name in zip(found, names, strict=True) if one.asset.kind == kind]
        if of_kind:
            request.put(key, [asset_section(one, name, shared) for one, name in of_kind])
    return request


def _shared(found: list[Built], folder: Path) -> Shared:
    languages = {one.language for one in found}
    emails = [one.copy.legal for one in found if one.asset.kind == "email"]
    legal = tuple(line for line in emails[0] if all(line in lines for lines in emails)) if emails else ()
    plan = tracking_plan(link for one in found for link in _tracked(one))
    return Shared(folder, plan, languages.pop() if len(languages) == 1 else "", legal)


def _tracked(one: Built) -> list[DraftedLink]:
    """The links whose tracking a run looks at: all of the build where none can be named."""
    if not isinstance(one.links, str):
        return one.links
    built = one.get(Links)
    return [DraftedLink(link.text, link.href, (link,)) for link in (built.built if built else ())]


def _by_tags(found: list[Built]) -> set[str]:
    return {tokens.platform for one in found if (tokens := one.get(Tokens))} - {""}


def _by_markup(found: list[Built]) -> str:
    """The one platform that left signs of its own in the markup, where no merge tag tells; "" where none or several."""
    if _by_tags(found):
        return ""
    platforms = platforms_by_markup(markup.source.text for one in found if (markup := one.get(Markup)))
    return platforms[0] if len(platforms) == 1 else ""


def _put_platform(request: Section, found: list[Built], by_markup: str) -> None:
    platforms = _by_tags(found)
    if by_markup:
        told = "Told from the markup and the hosts of pictures and links, for lack of merge tags: see that it is right."
        request.put("platform", by_markup, told)
    elif len(platforms) == 1 and (platform := platforms.pop()) in PLATFORMS:
        request.put("platform", platform, "Told from the merge tags.")
    elif platforms:
        request.note(f"platform: the merge tags look like those of {listed(sorted(platforms))}.")
    else:
        request.note("platform: neither merge tags nor markup tell it; name it, or write none.")


def _put_tracking(request: Section, plan: Plan | None) -> None:
    if plan is None:
        request.note("tracking: no parameters (utm_…) are common to all links that carry any.")
        return
    utm = Section({name.removeprefix("utm_"): value for name, value in plan.utm.items()})
    tracking = Section()
    tracking.put("utm", utm, "Common to all links that carry tracking parameters.")
    if plan.exempt:
        tracking.put("exempt", [*plan.exempt], "Links to these carry none. See whether they should.")
    request.put("tracking", tracking)


# ------------------------------------------------------------------------------------------------------------- names


def _campaign_folder(build: Path) -> Path:
    folder = build.absolute().parent
    return folder.parent if folder.name == "build" else folder


def _campaign_name(one: Built) -> str:
    markup = one.get(Markup)
    title = markup.title.value.strip() if markup and markup.title else ""
    return one_line(title) or one.asset.name


def _names(found: list[Built]) -> list[str]:
    """The names of the files without their endings, each its own."""
    names: list[str] = []
    for one in found:
        stem = Path(one.asset.name).stem.strip() or one.asset.kind
        number = next(n for n in range(1, len(found) + 2) if (stem if n == 1 else f"{stem}-{n}") not in names)
        names.append(stem if number == 1 else f"{stem}-{number}")
    return names
