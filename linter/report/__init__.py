"""From a Document to a Report: structure, front matter and standard tables."""
