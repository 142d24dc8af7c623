"""Screenshots and pictures beside what was approved or designed: what the record says of them, and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qa.artefacts import BaselineComparison, Compared, MockUpLikeness, PictureDetail, PictureDetails
from qa.report.record import BaselineRecord, DetailRecord, MockUpRecord, RegionRecord

if TYPE_CHECKING:
    from qa.artefacts import View
    from qa.run import Subject

Named = Callable[[str, str], str]  # asset and view → the file of a picture


def beside(subject: Subject, view: View, named: Named) -> tuple[BaselineRecord | None, MockUpRecord | None]:
    """What a screenshot in a view is compared with: None where there is nothing."""
    asset = subject.name or ""
    comparison: BaselineComparison | None = subject.peek(BaselineComparison)
    found = next((each for each in comparison.compared if each.view == view), None) if comparison else None
    mock_up: MockUpLikeness | None = subject.peek(MockUpLikeness)
    return (
        _baseline(found, _approved(asset, found, named)) if found else None,
        _mock_up(mock_up, named(asset, "mock-up")) if mock_up and mock_up.view == view else None,
    )


def pictures_beside(subject: Subject, named: Named) -> Iterator[tuple[str, bytes]]:
    """The pictures those fields name, but for the screenshots themselves."""
    asset = subject.name or ""
    comparison: BaselineComparison | None = subject.peek(BaselineComparison)
    for each in comparison.compared if comparison else ():
        if each.outcome != "same":
            yield _approved(asset, each, named), each.picture
    mock_up: MockUpLikeness | None = subject.peek(MockUpLikeness)
    if mock_up:
        yield named(asset, "mock-up"), mock_up.picture
    for number, detail in _details(subject):
        yield named(asset, f"picture-{number}"), detail.shown


def details(subject: Subject, named: Named) -> Iterator[DetailRecord]:
    """The built pictures in which a detail is not as approved, each beside the approved one."""
    asset = subject.name or ""
    for number, detail in _details(subject):
        file = named(asset, f"picture-{number}")
        yield DetailRecord(asset, detail.asset, detail.tag.where.line, file, _size(detail.shown))


def _details(subject: Subject) -> Iterator[tuple[int, PictureDetail]]:
    found: PictureDetails | None = subject.peek(PictureDetails)
    yield from enumerate((each for each in (found.differing if found else ()) if each.shown), 1)


def _size(png: bytes) -> tuple[int, int]:
    from qa.visual.loading import size

    return size(png)


def _approved(asset: str, each: Compared, named: Named) -> str:
    """Where nothing changed, the screenshot is the approved picture."""
    return named(asset, each.view.name if each.outcome == "same" else f"{each.view.name}-approved")


def _baseline(found: Compared, file: str) -> BaselineRecord:
    regions = tuple(RegionRecord(change.box, change.said) for change in found.changes)
    return BaselineRecord(file, found.approved.accepted, found.approved.by, found.outcome, found.reason, regions)


def _mock_up(found: MockUpLikeness, file: str) -> MockUpRecord:
    """Boxes of what is missing are pixels of the mock-up; all others are CSS pixels of the screenshot."""
    regions = tuple(RegionRecord(each.box, each.said, each.missing) for each in found.unlike)
    return MockUpRecord(file, found.file, found.found, regions)
