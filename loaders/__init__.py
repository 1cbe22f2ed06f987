"""Readers of sources: one kind of source a module or subpackage, each registered as a ``kg.loaders`` entry point."""
