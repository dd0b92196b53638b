"""`python -m linter` is the command `gongkai`."""

from linter.cli import main

if __name__ == "__main__":
    main(prog_name="gongkai")
