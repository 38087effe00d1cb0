"""`python -m nlpcourse` is the command `nlpcourse`."""

import sys

from nlpcourse.authoring.cli import main

if __name__ == "__main__":
    sys.exit(main())
