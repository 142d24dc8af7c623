"""The mix of clients that a team's readers use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.clients.caniemail import Client
from qa.facts import facts


@dataclass(frozen=True, slots=True)
class ClientMix:
    """The clients the team's readers use, the most used first."""

    clients: tuple[Client, ...]


def usual_mix() -> Mapping[str, float]:
    """What readers use where the team says nothing else: the clients of qa/data/clients.toml, in percent of readers."""
    return {name: float(row["share"]) for name, row in facts("clients")["clients"].items()}


def mix(shares: Mapping[str, float]) -> tuple[Client, ...]:
    """The clients of a mix (name → percent of readers), the most used first; those nobody uses are left out."""
    clients = [_client(name, share) for name, share in shares.items() if share]
    return tuple(sorted(clients, key=lambda client: (-client.share, client.name)))


def _client(name: str, share: float) -> Client:
    row = facts("clients")["clients"].get(name, {"title": name, "tested": name})
    return Client(name, row["title"], share, row["tested"])


def shares(clients: Sequence[Client]) -> list[str]:
    """Clients for people to read: "Outlook on Windows (14 % of readers)", "Gmail on the web (17 %)"."""
    shown = [f"{client.title} ({client.share:.2g} %)" for client in clients]
    return [each.replace(" %)", " % of readers)") for each in shown[:1]] + shown[1:]
