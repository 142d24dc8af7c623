"""Do the readers' clients understand the HTML and CSS of the email? By the data of https://www.caniemail.com/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.anchors import is_there, places
from qa.artefacts import Features, FeatureUse, Markup
from qa.check import Options, check
from qa.clients import Client, ClientMix, dated, listed
from qa.finding import Code, Finding, Severity
from qa.losses import Loss, losses_by
from qa.request import AskedEmail
from qa.source import Place
from qa.wording import quoted

_MOST = 10  # findings an asset


@dataclass(frozen=True)
class SupportOptions(Options):
    """``share``: percent of the readers who must use a client for a break in it to be a warning."""

    share: float = 5.0


@dataclass(frozen=True)
class _Missed:
    """A feature that is missed somewhere, with every use of it that is."""

    loss: Loss
    uses: tuple[FeatureUse, ...]
    losers: tuple[Client, ...]

    @property
    def readers(self) -> float:
        """Percent."""
        return sum(client.share for client in self.losers)


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
    missed = sorted(_missed(_without_lost_anchors(features, markup), mix.clients), key=lambda one: -one.readers)
    heavy = [one for one in missed if one.loss.heavy and any(c.share >= options.share for c in one.losers)]
    light = [one for one in missed if one not in heavy]
    findings = [_finding("unsupported-feature", one) for one in heavy]
    findings += [_finding("degraded-feature", one) for one in light]
    yield from findings if len(findings) <= _MOST else findings[: _MOST - 1]
    if len(findings) > _MOST:
        yield _rest([*heavy, *light][_MOST - 1 :], findings[_MOST - 1].code)


def _without_lost_anchors(features: Features, markup: Markup) -> Features:
    """Where a link leads to a place that is not there, it works in no client: link-anchors says so."""
    anchors = [use for use in features.uses if use.feature == _ANCHOR]
    found = places(markup.source.text) if anchors else ()
    lost = [use for use in anchors if len(use.value) < _CUT and not is_there(use.value.removeprefix("href="), found)]
    return replace(features, uses=tuple(use for use in features.uses if use not in lost)) if lost else features


_ANCHOR, _CUT = "html-anchor-links", 40  # characters of a value that are kept


def _missed(features: Features, clients: Sequence[Client]) -> Iterator[_Missed]:
    """What is missed by somebody, one entry a kind of loss."""
    found: dict[str, list[tuple[Loss, FeatureUse, tuple[Client, ...]]]] = {}
    for use in features.uses:
        marks = use.beside | {f"outlook-{name}" for name in features.for_outlook}
        for loss in losses_by(use.feature, use.value):
            if losers := loss.losers(clients, use.tag, use.seen_by, marks):
                found.setdefault(loss.joins, []).append((loss, use, losers))
    for same in found.values():
        losers = tuple(client for client in clients if any(client in each for _, _, each in same))
        yield _Missed(same[0][0], tuple(use for _, use, _ in same), losers)


def _finding(code: str, missed: _Missed) -> Finding:
    use, loss = missed.uses[0], missed.loss
    said = f"{quoted(_declared(missed.uses))}{_element(use)} does not work in {listed(missed.losers)}."
    message = f"{said} {loss.loss}{_times(missed.uses)}"
    return Finding(code, f"{message} (Can I email, data of {dated()}.)", use.where, actual=use.value, fix=loss.fix)


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


def _rest(missed: Sequence[_Missed], code: str) -> Finding:
    names = ", ".join(quoted(one.uses[0].value, 40) for one in missed[:20])
    message = f"{len(missed)} more do not work everywhere: {names}. (Can I email, data of {dated()}.)"
    each = tuple(one.uses[0].value for one in missed)
    return Finding(code, message, missed[0].uses[0].where, each=each)
