"""What an annotation may end in besides a copy."""


class NotAnnotated(Exception):
    """Why a file gets no annotated copy: one line for the user, without the path."""
