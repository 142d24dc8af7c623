"""The base of all parts of a request: each knows where it was written; some values have short forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, WithJsonSchema

from qa.files.problem import Steps
from qa.request.short_forms import MOMENT, address, language_tag, moment, percentage, timezone
from qa.source import Place

_PERCENTAGE = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"^[\d.]+ ?%$"}]}

Share = Annotated[float, BeforeValidator(percentage), Field(ge=0, le=1), WithJsonSchema(_PERCENTAGE)]
Moment = Annotated[datetime, BeforeValidator(moment), WithJsonSchema({"type": "string", "pattern": f"^{MOMENT}$"})]
Language = Annotated[str, AfterValidator(language_tag)]
Address = Annotated[str, BeforeValidator(address)]
Timezone = Annotated[str, AfterValidator(timezone)]
Name = Annotated[str, Field(min_length=1)]
Spelled = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]  # a price of 49 is text, too
Person = str  # "Name <address>"


class Asked(BaseModel):
    """A part of the request. ``place("subject")`` is the place a value was written at."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        str_strip_whitespace=True,
        defer_build=True,  # a build without a request validates none
    )

    _path: Steps = PrivateAttr(default=())
    _places: Mapping[Steps, Place] = PrivateAttr(default_factory=dict)

    def place(self, *path: str | int) -> Place | None:
        """Where this part, or the value at ``path`` below it, was written; None for what nobody wrote."""
        steps = tuple(self._alias(step) for step in path)
        for length in range(len(steps), -1, -1):
            if (place := self._places.get((*self._path, *steps[:length]))) is not None:
                return place
        return None

    def _alias(self, step: str | int) -> str | int:
        field = type(self).model_fields.get(step) if isinstance(step, str) else None
        return field.alias or step if field is not None and isinstance(step, str) else step
