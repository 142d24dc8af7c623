"""JUnit's XML, for build servers: a suite for each asset, a case for each check, failing where the gate would hold.

https://github.com/testmoapp/junitxml (there is no standard)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from qa.report import Document, Read

from .headline import holds
from .plain import logged
from .reading import WHOLE, sides, spot
from .views import title_of, titles, undrawn_in_words

_TALLIED = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def render(documents: Sequence[Document], read: Read) -> str:
    """The XML of one campaign or of several."""
    root = Element("testsuites", name="campaign-qa")
    for document in documents:
        for name in dict.fromkeys(result["asset"] for result in document["results"]):
            _suite(root, document, name)
    for total in ("tests", *_TALLIED.values()):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, document: Document, asset: str | None) -> None:
    name = logged(f"{document['campaign']['id']} / {asset or WHOLE}")
    suite = SubElement(root, "testsuite", name=name)
    for result in document["results"]:
        if result["asset"] == asset:
            case = SubElement(suite, "testcase", classname=name, name=logged(result["check"]))
            _outcome(case, document, result)
    suite.set("tests", str(len(suite)))
    for tag, total in _TALLIED.items():
        suite.set(total, str(sum(case.find(tag) is not None for case in suite)))
    if undrawn := list(undrawn_in_words(document, asset or "")):
        SubElement(suite, "system-out").text = "\n".join(map(logged, undrawn))


def _outcome(case: Element, document: Document, result: Mapping[str, Any]) -> None:
    """What a build server is to make of one result; what neither fails nor was skipped is still written down."""
    holding = [one for one in result["findings"] if not one["waived"] and holds(document, one["severity"])]
    if result["outcome"] == "broken":
        SubElement(case, "error", type="broken", message=logged(result["reason"]))
    elif holding:
        failure = SubElement(case, "failure", type=logged(holding[0]["code"]), message=logged(holding[0]["message"]))
        failure.text = _all_told(document, holding)
    elif result["outcome"] in ("skipped", "review"):
        reason = result["reason"] or "; ".join(one["message"] for one in result["findings"])
        said = f"A person must decide: {reason}" if result["outcome"] == "review" else reason
        SubElement(case, "skipped", message=logged(said))
    if others := [one for one in result["findings"] if one not in holding]:
        SubElement(case, "system-out").text = _all_told(document, others)


def _all_told(document: Document, findings: Sequence[Mapping[str, Any]]) -> str:
    named = titles(document)
    return "\n\n".join(_told(document, finding, title_of(finding, named)) for finding in findings)


def _told(document: Document, finding: Mapping[str, Any], view: str) -> str:
    """A finding as a paragraph."""
    waived = finding["waived"]
    weight = f"waived by {waived.get('who')}: {waived.get('reason')}" if waived else finding["severity"]
    lines = [f"{finding['message']} [{finding['code']}, {weight}]"]
    lines += [f"{label}: {value}" for label, value in sides(document, finding)]
    for label, place in (("In the build", spot(finding["where"])), ("In the request", spot(finding["request"]))):
        lines += [f"{label}: {place.label}"] if place else []
    lines += [f"Seen in: {view}"] if view else []
    return "\n".join(map(logged, lines))
