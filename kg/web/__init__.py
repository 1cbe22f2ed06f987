"""The web explorer (`kg serve`): a small server over either store, for people who look before they query."""

from kg.web.app import Settings, application

__all__ = ["Settings", "application"]
