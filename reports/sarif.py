"""SARIF 2.1.0, for code hosts that show findings beside the lines: a run for each campaign, a rule for each code.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from qa.report import Document, Read, escaped_json

from .headline import outcome_of
from .plain import shown
from .reading import sides
from .views import title_of, titles, undrawn_in_words

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_PLACEHOLDER = re.compile(r"\{(?=\s*\d)")  # readers differ in whether {{ stands for {, so that {{0}} would not do
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(documents: Sequence[Document], read: Read) -> str:
    """The SARIF log of one campaign or of several."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(document) for document in documents]}
    return escaped_json(json.dumps(log, indent=2, ensure_ascii=False)) + "\n"


def _run(document: Document) -> dict[str, Any]:
    found = [(result, finding) for result in document["results"] for finding in result["findings"]]
    codes = list(dict.fromkeys(finding["code"] for _, finding in found))
    campaign = document["campaign"]
    return {
        "tool": {
            "driver": {
                "name": "campaign-qa",
                "version": shown(document["run"]["version"]),
                "rules": [_rule(code, found) for code in codes],
            }
        },
        "automationDetails": {"id": f"campaign-qa/{shown(campaign['id'], 200)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(document)],
        "results": [_result(document, finding, codes.index(finding["code"])) for _, finding in found],
    }


def _rule(code: str, found: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, Any]:
    result, finding = next(pair for pair in found if pair[1]["code"] == code)
    help_text = {"help": _message(finding["fix"])} if finding["fix"] else {}
    return {
        "id": shown(code),
        "shortDescription": _message(result["title"]),
        **help_text,
        "defaultConfiguration": {"level": _LEVELS.get(finding["severity"], "none")},
        "properties": {"check": shown(result["check"])},
    }


def _result(document: Document, finding: Mapping[str, Any], rule: int) -> dict[str, Any]:
    level = _LEVELS.get(finding["severity"])
    kind = {"level": level} if level else {"level": "none", "kind": "review"}  # section 3.27.9: the two go together
    where, request = finding["where"], finding["request"]
    result: dict[str, Any] = {
        "ruleId": shown(finding["code"]),
        "ruleIndex": rule,
        **kind,
        "message": _message(_sentence(document, finding)),
        "locations": [_location(document, place) for place in (where or request,) if place],
        "partialFingerprints": {"finding/v2": f"{shown(document['campaign']['id'])}/{finding['id']}"},
    }
    if where and request:
        result["relatedLocations"] = [{**_location(document, request), "message": _message("The request")}]
    if finding["waived"]:
        waived = finding["waived"]
        why = f"{waived.get('reason')} ({waived.get('who')}, until {waived.get('until')})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": shown(why)}]
    return result


def _sentence(document: Document, finding: Mapping[str, Any]) -> str:
    view = title_of(finding, titles(document))
    said = [*sides(document, finding), *([("Seen in", view)] if view else [])]
    return "\n".join([finding["message"], *(f"{label}: {value}" for label, value in said)])


def _message(text: str) -> dict[str, str]:
    """A message in which no bracket can become a link (section 3.11.6), and no {0} is to be filled in (3.11.5)."""
    escaped = _PLACEHOLDER.sub("{·", shown(text)).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": escaped or "–"}


def _location(document: Document, place: Mapping[str, Any]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(document["campaign"]["folder"], place["file"])}}
    if place["line"]:
        region: dict[str, Any] = {"startLine": place["line"]}
        if place["column"]:
            region["startColumn"] = place["column"]
        if place["snippet"]:
            region["snippet"] = {"text": shown(place["snippet"])}
        physical["region"] = region
    return {"physicalLocation": physical}


def _uri(folder: str | None, file: str) -> str:
    """A file as a relative reference: below its campaign's folder, which is all a document knows of where it lies."""
    path = shown(f"{folder}/{file}" if folder else file, 1000)
    return quote("/".join(step for step in path.replace("\\", "/").split("/") if step not in ("", ".", "..")))


def _invocation(document: Document) -> dict[str, Any]:
    broken = [result for result in document["results"] if result["outcome"] == "broken"]
    notices = [{"level": "error", "message": _message(f"{one['title']}: {one['reason']}")} for one in broken]
    notices += [{"level": "warning", "message": _message(line)} for line in undrawn_in_words(document)]
    return {
        "executionSuccessful": outcome_of(document) != "incomplete" and not broken,
        "toolExecutionNotifications": notices,
    }
