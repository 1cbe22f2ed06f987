"""The ``kg`` command. Nothing but click is imported until a command runs, so that help comes at once."""

from kg.cli.app import main

__all__ = ["main"]
