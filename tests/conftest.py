"""What all tests share."""

import signal

# A shell that starts a program in the background tells it to ignore Ctrl-C, and its children inherit that. Tests that
# interrupt a child need what a terminal gives.
signal.signal(signal.SIGINT, signal.default_int_handler)
