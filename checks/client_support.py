"""HTML and CSS that the readers' clients do not understand, by the data of https://www.caniemail.com/."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.artefacts import Features, FeatureUse, Markup, causes
from qa.check import Options, check
from qa.clients.caniemail import Client, dated
from qa.clients.degradation import Degradation, degradations_by
from qa.clients.mix import ClientMix, shares
from qa.finding import Cause, Code, Finding, Severity
from qa.links.anchors import is_there, places
from qa.request import AskedEmail
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted
from qa.views.backgrounds import is_background

_MOST = 10  # findings an asset
_MOST_CLIENTS = 4  # that one message lists
_ANCHOR, _KEPT = "html-anchor-links", 40  # characters of an address, as qa.clients.recognise keeps them


@dataclass(frozen=True)
class SupportOptions(Options):
    """``share``: percent of the readers who must use a client for a break in it to be a warning."""

    share: float = 5.0


@dataclass(frozen=True)
class _Missed:
    """A feature that is missed somewhere, with every use of it that is."""

    degradation: Degradation
    uses: tuple[FeatureUse, ...]
    affected: tuple[Client, ...]

    @property
    def readers(self) -> float:
        """Percent."""
        return sum(client.share for client in self.affected)


@check(
    "client-support",
    Code(
        "unsupported-feature",
        Severity.WARNING,
        "Layout, legibility or content depend on something that a client of many readers does not understand "
        f"(Can I email, data of {dated()}).",
        "Build it in a way that every client understands, or give those that do not something else.",
    ),
    Code(
        "degraded-feature",
        Severity.INFO,
        f"Some readers see the email a little plainer than it was designed (Can I email, data of {dated()}).",
        "See whether the email looks well enough without it.",
    ),
)
def client_support(
    features: Features, markup: Markup, asked: AskedEmail, mix: ClientMix, options: SupportOptions
) -> Iterator[Finding]:
    """The clients readers use understand the HTML and CSS of the email.

    An email is read in a dozen programs, and no two understand the same HTML. What one of them drops is not seen by
    whoever builds and approves the email in another: columns fall apart, buttons shrink, light text loses its dark
    ground. What is a matter of taste, and what is made for some clients alone, is not counted.

    Fails:
        email: {}
        build: <div style="display:flex"><div>24 March</div><div>Online</div></div>

    Passes:
        email: {}
        build: <table><tr><td style="border-radius:4px">24 March</td><td>Online</td></tr></table>
    """
    missed = sorted(_missed(features, markup, mix.clients), key=lambda one: -one.readers)
    heavy = [one for one in missed if one.degradation.heavy and any(c.share >= options.share for c in one.affected)]
    light = [one for one in missed if one not in heavy]
    findings = [_finding("unsupported-feature", one, markup) for one in heavy]
    findings += [_finding("degraded-feature", one, markup) for one in light]
    yield from findings if len(findings) <= _MOST else findings[: _MOST - 1]
    if len(findings) > _MOST:
        yield _rest([*heavy, *light][_MOST - 1 :], findings[_MOST - 1].code, markup)


def _missed(features: Features, markup: Markup, clients: Sequence[Client]) -> Iterator[_Missed]:
    """What is missed by somebody, one entry a kind of loss; links to places that are not there are one of their own."""
    targets = places(markup.source.text) if any(use.feature == _ANCHOR for use in features.uses) else ()
    found: dict[tuple[str, bool], list[tuple[Degradation, FeatureUse, tuple[Client, ...]]]] = {}
    for use in features.uses:
        marks = use.beside | {f"outlook-{name}" for name in features.for_outlook}
        for degradation in degradations_by(use.feature, use.value):
            if affected := degradation.affected(clients, use.tag, use.seen_by, marks):
                found.setdefault((degradation.joins, _is_lost_anchor(use, targets)), []).append(
                    (degradation, use, affected)
                )
    for same in found.values():
        affected = tuple(client for client in clients if any(client in each for _, _, each in same))
        yield _Missed(same[0][0], tuple(use for _, use, _ in same), affected)


def _is_lost_anchor(use: FeatureUse, targets: Collection[str]) -> bool:
    """Whether a link leads to a place that is not there, so that it works in no client."""
    return use.feature == _ANCHOR and len(_href(use)) < _KEPT and not is_there(_href(use), targets)


def _href(use: FeatureUse) -> str:
    return use.value.removeprefix("href=").strip()


def _causes(missed: _Missed, markup: Markup) -> Iterator[Cause]:
    """The backgrounds, forms and links that are missed; of other features no other check speaks."""
    if missed.degradation.feature == "html-form":
        yield from map(causes.of_form, markup.forms)
    elif missed.degradation.feature == _ANCHOR:
        hrefs = {_href(use) for use in missed.uses}
        yield from (causes.of_link(link) for link in markup.links if link.href[:_KEPT].strip() in hrefs)
    else:
        named = causes.of_background if is_background(missed.degradation) else causes.of_feature
        yield from (named(use.where, use.value) for use in missed.uses)


def _finding(code: str, missed: _Missed, markup: Markup) -> Finding:
    use, degradation = missed.uses[0], missed.degradation
    where = listed(shares(missed.affected), _MOST_CLIENTS)
    said = f"{quoted(_declared(missed.uses))}{_element(use)} does not work in {where}."
    message = f"{said} {degradation.loss}{_times(missed.uses)}"
    message = f"{message} (Can I email, data of {dated()}.)"
    about = tuple(_causes(missed, markup))
    return Finding(code, message, use.where, actual=use.value, fix=degradation.fix, causes=about)


def _declared(uses: Sequence[FeatureUse]) -> str:
    """The use as written, with the declarations beside it that are missed for the same reason."""
    first = uses[0]
    beside = dict.fromkeys(use.value for use in uses if use.where == first.where and ": " in use.value)
    return "; ".join(beside) if first.value in beside else first.value


def _element(use: FeatureUse) -> str:
    return "" if use.value.startswith("<") or use.tag in ("", "*", "style") else f" on <{use.tag}>"


def _times(uses: Iterable[FeatureUse]) -> str:
    at: dict[Place, int] = {}
    for use in uses:  # the same rule may hold two declarations that are missed
        at[use.where] = max(use.times, at.get(use.where, 0))
    times = sum(at.values())
    return f" There are {times} such places." if times > 1 else ""


def _rest(missed: Sequence[_Missed], code: str, markup: Markup) -> Finding:
    names = ", ".join(quoted(one.uses[0].value, 40) for one in missed[:20])
    message = f"{len(missed)} more do not work everywhere: {names}. (Can I email, data of {dated()}.)"
    each = tuple(one.uses[0].value for one in missed)
    about = tuple(cause for one in missed for cause in _causes(one, markup))
    return Finding(code, message, missed[0].uses[0].where, each=each, causes=about)
