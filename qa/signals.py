"""Signals that end a command: Ctrl-C, a polite kill, a terminal that closes; as far as a system has them."""

import signal

STOP_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
