"""Document readers: a file's bytes become ordered blocks with positions. One module a format."""
