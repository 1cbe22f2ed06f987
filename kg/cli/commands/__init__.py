"""One module a command of ``kg``, each with its ``command``."""
