"""Arithmetic of a reduced price: the old one, the new one, and what is said to be saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from qa.artefacts import Mention, Mentions
from qa.artefacts.causes import of_mention
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.amounts import role, unit
from qa.text.money import Percentage, Price
from qa.text.wording import quoted

_ROUNDED = 1  # a percentage, or a saving, may be rounded up or down to the next whole one
_KINDS = ("price", "percentage")
_Sum = tuple[Mention, Mention, Mention]  # the old price, the new one, what is saved


@check(
    "discounts",
    Code(
        "wrong-saving",
        Severity.WARNING,
        "What is said to be saved is not the difference of the two prices.",
        "Find out which of the three figures is right, and correct the others.",
    ),
)
def discounts(mentions: Mentions) -> Iterator[Finding]:
    """Old price, new price and saving fit together.

    One of three figures was changed, and the other two stand beside it. Readers do the sum, and so do those who warn
    off unfair prices.

    Fails:
        email: {}
        build: <p>Now €60 instead of €80. You save 35%.</p>

    Passes:
        email: {}
        build: <p>Now €60 instead of €80. You save 25%.</p>
    """
    passages: defaultdict[tuple[str, object], list[Mention]] = defaultdict(list)
    for mention in mentions.found:
        if mention.kind in _KINDS and mention.inside not in ("link", "structured", "hidden"):
            passages[mention.inside, mention.where].append(mention)
    told: set[tuple[str, ...]] = set()
    for same in passages.values():
        if (found := _sum(same)) and not _adds_up(*found):
            written = tuple(one.written for one in found)
            if written not in told:  # the text part says it, too
                told.add(written)
                yield _wrong(*found)


def _sum(same: Sequence[Mention]) -> _Sum | None:
    """The three figures, where a passage has one of each and no other amount that could be one of them."""
    by_role = defaultdict(list)
    for mention in same:
        by_role[role(mention) if mention.kind == "price" else f"{role(mention)} %"].append(mention)
    old, new = by_role["was"], by_role["now"]
    saved = [*by_role["saving"], *by_role["saving %"]]
    others = [name for name, some in by_role.items() if some and name not in ("was", "now", "saving", "saving %")]
    if others or not len(old) == len(new) == len(saved) == 1 or unit(old[0]) != unit(new[0]):
        return None
    return old[0], new[0], saved[0]


def _adds_up(old: Mention, new: Mention, saved: Mention) -> bool:
    before, now, less = old.fact, new.fact, saved.fact
    if not (isinstance(before, Price) and isinstance(now, Price) and before.comparable(now)):
        return True
    if now.amount >= before.amount:
        return True  # no reduced price
    if isinstance(less, Percentage):
        share = (before.amount - now.amount) * 100 / before.amount
        return abs(share - less.amount) <= _ROUNDED
    if isinstance(less, Price) and less.comparable(before):
        return abs(before.amount - now.amount - less.amount) <= _ROUNDED
    return True


def _wrong(old: Mention, new: Mention, saved: Mention) -> Finding:
    difference = _difference(old, new, as_share=saved.kind == "percentage")
    message = (
        f"{quoted(saved.written)} is not what is saved: from {quoted(old.written)} to {quoted(new.written)} it is "
        f"{difference}."
    )
    suspects = [one for one in (saved, new, old) if one.status != "asked"] or [saved]
    about = tuple(map(of_mention, suspects[:1]))
    return Finding("wrong-saving", message, saved.where, None, difference, saved.written, causes=about)


def _difference(old: Mention, new: Mention, *, as_share: bool) -> str:
    assert isinstance(old.fact, Price) and isinstance(new.fact, Price)
    less = old.fact.amount - new.fact.amount
    if not as_share:
        return f"{less.normalize():f}"
    return f"{(less * 100 / old.fact.amount).quantize(Decimal('0.1')).normalize():f}%"
