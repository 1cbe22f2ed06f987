"""Parameters of saved questions: what they may be, read from what a person types, and suggested from the graph."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.ask.nearest import or_nearest
from kg.errors import QueryError
from kg.lookup import SUBJECTS, candidates, find, newest_state
from kg.store import Store
from kg.vocabulary import vocabulary

THINGS: dict[str, tuple[str, ...]] = {
    "subject": SUBJECTS,
    "person": ("Person",),
    "post": ("Post",),
    "body": ("Agency",),
    "region": ("Region",),
    "meeting": ("Meeting",),
    "topic": ("Topic",),
    "notice": ("Notice",),
    "list": ("AccountabilityList",),
}
"""Types that name a thing, with the labels it is looked for among; the query gets its id."""
PLAIN = ("text", "date", "int", "number", "bool", "choice")
_YES, _NO = {"true", "yes", "1", "是"}, {"false", "no", "0", "否"}
BOTH = "must be a text, or one each for zh and en (in quotation marks where it holds a comma)"
_KEYS = {"name", "type", "default", "example", "suggest", "choices", "labels", "minimum", "maximum", "description"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed parameter; without a default (``required``) it must be given. ``example`` answers on the samples.

    ``suggest`` is a label (or several, joined by '|') whose names are suggested, or a Cypher text that takes
    ``$prefix`` and returns ``value``. A number lies between ``minimum`` and ``maximum``, both included.
    """

    name: str
    type: str
    required: bool
    default: Any = None
    example: Any = None
    suggest: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    labels: tuple[str, ...] = ()
    description: tuple[tuple[str, str], ...] = ()

    def text(self, tongue: str) -> str:
        """The description in ``zh`` or ``en``."""
        return dict(self.description).get(tongue, "")

    def value(self, store: Store, given: Any) -> Any:
        """What the query gets for what a person gave. Raises QueryError, or SubjectError for a thing's name."""
        if given is None:
            return None
        text = given if isinstance(given, str) else str(given)
        if self.type == "list":
            return newest_state(store, text).id
        if self.type in THINGS:
            return find(store, text, self.labels).id
        return self._plain(text.strip())

    def _plain(self, text: str) -> Any:
        try:
            if self.type == "date":
                return dt.date.fromisoformat(text).isoformat()
            if self.type == "int":
                return self._within(int(text))
            if self.type == "number":
                return self._within(float(text))
        except ValueError:
            what = {"date": "a date such as 2024-03-31", "int": "a whole number", "number": "a number"}[self.type]
            raise QueryError(f"{self.name}={text!r} is not {what}") from None
        if self.type == "bool":
            if text.lower() not in _YES | _NO:
                raise QueryError(f"{self.name}={text!r} is neither true nor false")
            return text.lower() in _YES
        if self.type == "choice" and text not in self.choices:
            raise QueryError(
                f"{self.name}={text!r} is none of {', '.join(self.choices)}{or_nearest(text, self.choices)}"
            )
        return text

    def _within(self, number: float) -> float:
        low, high = self.minimum, self.maximum
        if (low is not None and not number >= low) or (high is not None and not number <= high):
            bounds = [f"at least {low:g}"] * (low is not None) + [f"at most {high:g}"] * (high is not None)
            raise QueryError(f"{self.name}={number:g} is out of range: {' and '.join(bounds)}")
        return number


def in_both(said: object) -> dict[str, str] | None:
    """A text of a front matter by language, the same for both where it is one text; None where it is neither that nor a text
    for each (``{zh: 甲,乙, en: a}`` ends at the comma: 乙 would be a key of its own)."""
    if isinstance(said, str):
        return {"zh": said, "en": said}
    if not isinstance(said, dict) or set(said) != {"zh", "en"} or not all(isinstance(v, str) for v in said.values()):
        return None
    return {"zh": said["zh"], "en": said["en"]}


def parameter_from(spec: Any, wrong: Callable[[str, str], QueryError]) -> Parameter:
    """A parameter from its front matter; ``wrong`` makes the error at the line that holds a word."""
    if not isinstance(spec, dict) or not isinstance(spec.get("name"), str):
        raise wrong("each parameter needs a name and a type", "parameters")
    name = spec["name"]
    here = f"name: {name}"
    for key in spec:
        if key not in _KEYS:
            raise wrong(f"parameter {name!r} has an unknown key {key!r}{or_nearest(str(key), _KEYS)}", str(key))
    type_ = spec.get("type", "text")
    if type_ not in THINGS and type_ not in PLAIN:
        raise wrong(
            f"parameter {name!r} has the unknown type {type_!r}{or_nearest(str(type_), [*THINGS, *PLAIN])}", here
        )
    choices = tuple(str(c) for c in spec.get("choices") or ())
    if (type_ == "choice") != bool(choices):
        raise wrong(f"parameter {name!r}: choices belong to the type choice, and it needs some", here)
    bounds = [spec.get(key) for key in ("minimum", "maximum")]
    if not all(b is None or (isinstance(b, (int, float)) and type_ in ("int", "number")) for b in bounds):
        raise wrong(f"parameter {name!r}: minimum and maximum are numbers, of the types int and number", here)
    labels = tuple(spec.get("labels") or THINGS.get(type_, ()))
    for label in labels:
        if label not in vocabulary().labels:
            raise wrong(f"parameter {name!r}: {label!r} is no label{or_nearest(label, vocabulary().labels)}", here)
    both = in_both(spec.get("description") or "")
    if both is None:
        raise wrong(f"parameter {name!r}: description {BOTH}", here)
    default, example = (_dated(spec.get(key)) for key in ("default", "example"))
    return Parameter(
        name, type_, "default" not in spec, default, example, str(spec.get("suggest") or "|".join(labels)), choices,
        bounds[0], bounds[1], labels, tuple(both.items()),
    )  # fmt: skip


def _dated(value: Any) -> Any:
    """YAML reads 2024-03-31 as a date; a parameter is its text."""
    return value.isoformat() if isinstance(value, dt.date) else value


class Suggestion(NamedTuple):
    """A value that may be given; for a thing ``name``, ``label`` and ``uid`` say which it is."""

    value: str
    name: str = ""
    label: str = ""
    uid: str = ""

    @property
    def what(self) -> str:
        """What the value does not say itself: name, label and id."""
        return " ".join(t for t in (self.name, self.label, self.uid) if t and t != self.value)


def suggestions(store: Store, parameter: Parameter, prefix: str = "", *, limit: int = 20) -> list[Suggestion]:
    """Values that begin like, or hold, ``prefix``, from the graph, at most ``limit``."""
    if parameter.choices:
        return [Suggestion(choice) for choice in parameter.choices if choice.startswith(prefix)][:limit]
    if parameter.type == "bool":
        return [Suggestion(word) for word in ("true", "false") if word.startswith(prefix)]
    if not parameter.suggest:
        return []
    labels = parameter.suggest.split("|")
    if not all(label in vocabulary().labels for label in labels):
        rows = store.query(parameter.suggest, {"prefix": prefix}, limit=limit)
        return [Suggestion(str(row["value"])) for row in rows]
    if prefix:
        found = [(node.name, node.label, node.id) for node in candidates(store, prefix, labels, limit=limit)]
    else:
        rows = store.query(
            f"MATCH (n:{'|'.join(labels)}) RETURN n.name AS name, labels(n)[0] AS label, n.uid AS uid "
            f"ORDER BY n.last_seen DESC, n.name, n.uid LIMIT {int(limit)}"
        )
        found = [(row["name"], row["label"], row["uid"]) for row in rows]
    names = [name for name, _, _ in found]
    return [Suggestion(uid if names.count(name) > 1 else name, name, label, uid) for name, label, uid in found]
