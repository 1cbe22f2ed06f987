"""Everything this package raises on purpose.

    KgError                    root: one line for the person at the prompt, exit status 2
    ├── SourceError            a file that cannot be read as a notice
    ├── VocabularyError        a statement or ontology file that breaks the schema
    ├── StoreError             the store cannot be opened, read or written
    ├── QueryError             a wrong query name, parameter, date or Cypher text
    └── SubjectError           a name that fits nothing, or more than one thing

A message says what is wrong, where, and what to do. Nothing else may reach the prompt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class KgError(Exception):
    """Root of all errors meant for a person; ``str(error)`` is one line.

    ``candidates`` holds ``(id, label, name)`` of what a name might mean, where the error is about a name; ``known_by`` says by
    id what tells one of them from its namesakes.
    """

    candidates: tuple[tuple[str, str, str], ...] = ()
    known_by: Mapping[str, str] = {}

    @property
    def shown(self) -> tuple[tuple[str, str, str], ...]:
        """The candidates, each name with what tells it from its namesakes."""
        told = {uid: f"（{by}）" for uid, by in self.known_by.items()}
        return tuple((uid, label, f"{name}{told.get(uid, '')}") for uid, label, name in self.candidates)

    @property
    def choices(self) -> list[dict[str, str]]:
        """The candidates as plain data."""
        own = {uid: {"known_by": by} for uid, by in self.known_by.items()}
        return [{"id": uid, "label": label, "name": name, **own.get(uid, {})} for uid, label, name in self.candidates]


class SourceError(KgError):
    """A file that cannot be read; the message starts with the file's name."""


class VocabularyError(KgError):
    """A statement that the ontology does not allow, or an ontology that cannot be read."""


class StoreError(KgError):
    """A store that cannot be opened, is of another version, or refused a write."""


class QueryError(KgError):
    """A query, parameter, date or Cypher text that cannot be run."""


class SubjectError(KgError):
    """A subject that fits nothing or several things.

    ``candidates`` holds ``(id, label, name)`` of what it might mean, best first; it may be empty.
    """

    def __init__(
        self, message: str, candidates: Sequence[tuple[str, str, str]] = (), known_by: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.candidates, self.known_by = tuple(candidates), known_by or {}
