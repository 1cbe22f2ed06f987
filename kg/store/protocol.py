"""What every store offers, and the plain values it answers with. No engine's types pass this door."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypeVar

from kg.decisions import Decision
from kg.errors import KgError
from kg.model import Edge, Graph, Notice, Reading

if TYPE_CHECKING:
    from kg.store.parts import Parts

Told = TypeVar("Told", bound="Reading | Parts")

Outcome = Literal["new", "changed", "unchanged", "superseded"]
"""What a put did: ``superseded`` means the store keeps a version of this notice that was published later."""


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: ``rows`` are dicts keyed by column, in the columns' order.

    Values are str, int, float, bool, None, lists and dicts of them. Dates and times are ISO strings; a node is
    ``{"uid", "label", "name", …properties}``, a relationship ``{"uid", "type", "source", "target", …properties}``,
    a path ``{"nodes": […], "relationships": […]}``. ``truncated`` says that a row limit cut the answer;
    ``warnings`` holds the engine's own remarks (an unknown label, say).
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    truncated: bool = False
    warnings: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> Any:
        """The answer as a ``pandas.DataFrame``; needs the extra ``pandas``."""
        from kg.notebook import to_pandas

        return to_pandas(self)

    def _repr_html_(self) -> str:
        from kg.notebook import rows_html

        return rows_html(self)


@dataclass(frozen=True, slots=True)
class Removed:
    """A notice taken out: how many things and statements went with it, and how many stay on other notices' word."""

    notice: Notice
    nodes: int
    relationships: int
    nodes_kept: int
    relationships_kept: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, by label and by relationship type (both sorted; absent kinds left out)."""

    notices: int
    nodes: dict[str, int] = field(default_factory=dict)
    relationships: dict[str, int] = field(default_factory=dict)


class Store(Protocol):
    """A graph that notices are loaded into. Usable as a context manager; every method may raise StoreError."""

    address: str
    remarks: list[str]  # for the person who opened it, e.g. that it is the last saved state that is being read

    @property
    def long(self) -> float:
        """Things and statements from which on a notice is best put in part by part; infinite where it never is."""
        ...

    def put(self, reading: Reading) -> Outcome:
        """Load one notice, whole or not at all; a notice of the same id is replaced unless published later.

        Raises VocabularyError for a statement that the schema does not allow (nothing is loaded).
        """
        ...

    def put_all(
        self, readings: Iterable[Told], *, batch: int | None = None, used_up: bool = False
    ) -> Generator[tuple[Told, Outcome | KgError], None, None]:
        """Load many, ``batch`` notices to a transaction (None: as many as suit the store); yields each reading with
        its outcome once it is in.

        A long one may come part by part (:class:`kg.store.parts.Parts`), by itself.

        A reading the schema refuses is yielded with its VocabularyError and the rest goes on. Memory holds one
        batch at a time; with ``used_up`` long readings need not stay as they are, and are emptied as they are stored.
        Stopping the iteration, or the process, leaves whole notices only.
        """
        ...

    def remove(self, notice_id: str) -> Removed:
        """Take one notice out, with all that rests on it alone. SubjectError if there is no such notice."""
        ...

    def decide(self, statement: str, verdict: str, by: str, why: str = "") -> Decision:
        """Record a decision on the statement of that key, and make the graph what follows from it.

        A statement that is ``rejected`` is no relationship any more, nor is what is derived from it; one that is ``confirmed``
        says so and is sure; ``withdrawn`` takes back what was decided before. Raises QueryError for a decision without a name,
        a rejection without a reason and a withdrawal of nothing, SubjectError for a statement that is not known.
        """
        ...

    def keep(self, made: Iterable[Decision]) -> list[Decision]:
        """Add decisions from elsewhere; those that were not there, earliest first. Their statements need not be there yet."""
        ...

    def decisions(self) -> list[Decision]:
        """All decisions, earliest first; the last one on a statement holds."""
        ...

    def statements(self, keys: Iterable[str]) -> dict[str, Edge]:
        """Those of the statements of these keys that a notice says or that follow, rejected ones too."""
        ...

    def set_aside(self) -> list[Edge]:
        """What notices say but is not in the graph: it is rejected, or derived from what is."""
        ...

    def notices(self) -> list[Notice]:
        """All notices, by (published, id), with empty ``text``."""
        ...

    def notice(self, notice_id: str) -> Notice:
        """One notice with its text. SubjectError if there is no such notice."""
        ...

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Answer a read-only query; QueryError for a write, bad syntax or after ``timeout`` seconds."""
        ...

    def holding(self, texts: Sequence[str], labels: Sequence[str]) -> str:
        """How a query begins that looks for any of ``texts`` in names and aliases: it binds ``n`` to things of these labels.

        To all of them, or by an index to fewer, among which are all that have one of ``texts`` in their name or an alias.
        """
        ...

    def graph(self) -> Graph:
        """Everything, sorted: nodes by id, edges by key, notices by (published, id) with their text.

        Every node has a STATED_IN edge to each notice that names it; a notice is in ``notices``, not in ``nodes``.
        """
        ...

    def around(
        self, ids: Sequence[str], depth: int, types: Collection[str] | None = None, *, known: Collection[str] = ()
    ) -> Graph:
        """The part of the graph within ``depth`` relationships of ``ids``, of the given types or all but STATED_IN.

        ``notices`` holds those that its statements rest on, without those whose ids are ``known``.
        """
        ...

    def counts(self) -> Counts:
        """How many things and statements of each kind there are."""
        ...

    def turn(self) -> str:
        """What is another once somebody wrote to a server's store; '' for a file, whose time of saving tells."""
        ...

    def close(self) -> None:
        """Save and let go; closing twice is fine."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
