"""What the global options say, and the store they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.ask import Catalogue
    from kg.store import Store
    from kg.workbench import Workbench


@dataclass(slots=True)
class Session:
    """One call of ``kg``. ``store`` and ``queries`` are '' where nothing was said; ``format`` is what output is asked for."""

    store: str = ""
    queries: str = ""
    format: str = ""

    @property
    def address(self) -> str:
        """The store's path or address; without one, a file in the user's data folder."""
        if self.store:
            return self.store
        from kg.resources import default_address

        return default_address()

    @contextmanager
    def bench(self) -> Iterator[Workbench]:
        """The graph as the public interface has it, open until the block ends; the store's remarks go to the person. Raises
        StoreError."""
        from kg.workbench import Workbench

        with Workbench(self.address, self.own_queries) as bench:
            with bench.opened() as store:
                _tell(store)
            yield bench

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store, open for writing until the block ends. Raises StoreError."""
        from kg.store import open_store

        with open_store(self.address) as store:
            _tell(store)
            yield store

    @property
    def own_queries(self) -> Path | None:
        """The folder of the user's own saved queries."""
        return Path(self.queries).expanduser() if self.queries else None

    def catalogue(self) -> Catalogue:
        """All saved queries. Raises QueryError when the user's folder is none."""
        from kg.ask import catalogue

        return catalogue(self.own_queries)


def _tell(store: Store) -> None:
    for remark in store.remarks:
        click.echo(f"kg: {remark}", err=True)


pass_session = click.make_pass_decorator(Session, ensure=True)
