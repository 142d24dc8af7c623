"""What does the document say of a screenshot beside its approved look and its mock-up, and with which pictures?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from qa.looks import ApprovedLooks, Compared
from qa.mock_ups import MockUpLikeness

if TYPE_CHECKING:
    from qa.run import Subject
    from qa.views import View

Named = Callable[[str, str], str]  # asset and view → the file of a picture


def beside(subject: Subject, view: View, named: Named) -> dict[str, Any]:
    """The fields "baseline" and "mock_up" of a screenshot: null where there is none."""
    asset = subject.name or ""
    looks: ApprovedLooks | None = subject.peek(ApprovedLooks)
    found = next((each for each in looks.compared if each.view == view), None) if looks else None
    mock_up: MockUpLikeness | None = subject.peek(MockUpLikeness)
    return {
        "baseline": found and _baseline(found, _approved(asset, found, named)),
        "mock_up": _mock_up(mock_up, named(asset, "mock-up")) if mock_up and mock_up.view == view else None,
    }


def pictures_beside(subject: Subject, named: Named) -> Iterator[tuple[str, bytes]]:
    """The pictures those fields name, but for the screenshots themselves."""
    asset = subject.name or ""
    looks: ApprovedLooks | None = subject.peek(ApprovedLooks)
    for each in looks.compared if looks else ():
        if each.outcome != "same":
            yield _approved(asset, each, named), each.picture
    mock_up: MockUpLikeness | None = subject.peek(MockUpLikeness)
    if mock_up:
        yield named(asset, "mock-up"), mock_up.picture


def _approved(asset: str, each: Compared, named: Named) -> str:
    """Where nothing changed, the screenshot is the approved picture."""
    return named(asset, each.view.name if each.outcome == "same" else f"{each.view.name}-approved")


def _baseline(found: Compared, file: str) -> dict[str, Any]:
    return {
        "file": file,
        "accepted": found.look.accepted,
        "by": found.look.by,
        "outcome": found.outcome,
        "reason": found.reason,
        "regions": [{"box": list(change.box), "said": change.said} for change in found.changes],
    }


def _mock_up(found: MockUpLikeness, file: str) -> dict[str, Any]:
    """Boxes of what is missing are pixels of the mock-up; all others are CSS pixels of the screenshot."""
    return {
        "file": file,
        "named": found.file,
        "found": found.found,
        "regions": [{"box": list(each.box), "said": each.said, "in_mock_up": each.missing} for each in found.unlike],
    }
