"""What goes wrong with a store, in one line."""


class StoreFault(Exception):
    """A store that cannot be used; the message says which and why."""
