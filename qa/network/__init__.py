"""Connections that leave this machine: to which addresses they may go, and how it is seen to."""

from qa.network.guard import Guard, Refused

__all__ = ["Guard", "Refused"]
