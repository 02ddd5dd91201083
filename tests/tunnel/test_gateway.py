"""What a gateway makes of what it hears, with the machine's commands played."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from components.link.documents import gateway_document
from components.link.x25519 import public_key
from tests.components.link.world import plan, secrets
from tunnel import alarms, gateway, heard, interfaces, sets
from tunnel.document import Document, parse
from tunnel.fetch import place
from tunnel.health import Health
from tunnel.heard import REQUEST, SESSION, SILENCE, Ear, Ears
from tunnel.knocks import KNOCKING, USUAL, Knocks
from tunnel.probe import answers, request
from tunnel.sets import fill
from tunnel.tell import Teller

PLAN = plan("recife", "santos", generations=[1, 2])
TEXT = gateway_document(PLAN, "a", secrets(PLAN))
WHO = ("recife", 1)


class Machine:
    """Remembers commands, and answers with counters."""

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []
        self.given: list[str] = []
        self.received: dict[tuple[str, str], int] = {}
        """By interface and site."""
        self.now = 1000.0

    def run(self, *command: str, given: str | None = None) -> str:
        """Answer as the command would."""
        self.said.append(command)
        self.given.append(given or "")
        match command:
            case ("ip", "-json", "link", "show"):
                return json.dumps([{"ifname": "ens4"}, {"ifname": "link9"}])
            case ("ip", "-json", *_):
                return "[]"
            case ("wg", "show", interface, "dump"):
                return "own\n" + "".join(
                    "\t".join(
                        [
                            self.key(interface, site),
                            "psk",
                            "ep",
                            "ips",
                            str(int(self.now)),
                            str(count),
                            "0",
                            "off",
                        ]
                    )
                    + "\n"
                    for (name, site), count in self.received.items()
                    if name == interface
                )
        return ""

    def key(self, interface: str, site: str) -> str:
        """The public key of a site's, as the interface knows it."""
        return public_key(secrets(PLAN).sites[site][1 if interface == "link0" else 2])


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    for module in (interfaces, heard, sets):
        monkeypatch.setattr(module, "run", made.run)
    monkeypatch.setattr(interfaces, "tried", lambda *command: bool(made.run(*command)) or True)
    return made


def test_the_newest_tunnel_on_which_a_site_is_heard_carries_its_traffic(
    machine: Machine, tmp_path: Path
) -> None:
    file = tmp_path / "document.json"
    file.write_text(TEXT, encoding="utf-8")
    health, told = Health(), []
    made = gateway.Gateway({"document": str(file), "mtu": 1380}, health, Teller(told.append))
    machine.received = {("link0", "recife"): 1, ("link1", "recife"): 1}
    for step in range(4):
        machine.now = 1000.0 + step
        machine.received["link0", "recife"] += 100
        machine.received["link1", "recife"] += 100 * (step > 1)
        made.look(machine.now)
        if step == 1:
            assert "route replace 10.200.1.0/24 dev link0\n" in "".join(machine.given)
    assert "route replace 10.200.1.0/24 dev link1\n" in "".join(machine.given)
    assert health.heard == ["recife"]
    assert ("ip", "link", "delete", "link9") in machine.said
    assert told[0] == {"event": "applied", "generations": [2, 1]}


def test_keys_are_given_to_commands_and_never_said(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "document.json"
    file.write_text(TEXT, encoding="utf-8")
    gateway.Gateway({"document": str(file), "mtu": 1380}, Health(), Teller(lambda _: None)).look(1000)
    private = [each["private"] for each in json.loads(TEXT)["interfaces"]]
    said = " ".join(word for command in machine.said for word in command)
    assert all(any(key in given for given in machine.given) for key in private)
    assert not [key for key in private if key in said]


def test_the_sets_follow_the_document(machine: Machine) -> None:
    fill(parse(TEXT))
    (given,) = machine.given
    assert "add element inet tunnel sources { 203.0.113.1 . 51820, 203.0.113.1 . 51821," in given
    assert "10.100.1.0/24, 10.100.2.0/24, 10.200.1.0/24, 10.200.2.0/24" in given


def test_a_peer_is_fresh_while_it_speaks_and_its_keys_count() -> None:
    ear = Ear()
    ear.note(100, 10, now=100)
    assert not ear.fresh(100)
    ear.note(100, 20, now=101)
    assert ear.fresh(101 + SILENCE)
    assert not ear.fresh(101 + SILENCE + 0.1)
    ear.note(100, 30, now=100 + SESSION + 1)
    assert not ear.fresh(100 + SESSION + 1)


def test_a_gateway_is_ready_when_nobody_is_heard_by_the_other_alone() -> None:
    health = Health(heard=["recife"], looked=time.monotonic())
    assert health.ready
    health.mate = ["recife", "santos"]
    assert health.alive
    assert not health.ready
    health.heard = []
    health.mate = []
    assert not health.ready


def test_requests_in_vain_are_told_within_twenty_seconds() -> None:
    knocks = Knocks()
    told = [knocks.wrong(WHO, second // 5, 0, float(second)) for second in range(30)]
    assert told.index(True) == 5 * (USUAL + 1)


def test_one_who_knocks_beside_a_working_site_is_told() -> None:
    knocks = Knocks()
    told = [knocks.wrong(WHO, 1 + second // 5, 1000, float(second)) for second in range(60)]
    assert True in told


def test_a_site_that_renews_its_keys_is_nothing() -> None:
    knocks = Knocks()
    assert not any(knocks.wrong(WHO, n, n * 120, n * 120.0) for n in range(100))


def test_a_burst_of_requests_is_nothing_yet() -> None:
    knocks = Knocks()
    knocks.wrong(WHO, 0, 0, 0)
    assert not knocks.wrong(WHO, USUAL + 5, 0, KNOCKING - 1)


def test_a_request_for_keys_is_no_sign_of_life() -> None:
    ear = Ear()
    ear.note(100, 10, now=100)
    ear.note(100, 10 + REQUEST, now=101)
    assert not ear.fresh(101)
    ear.note(100, 10 + REQUEST + 64, now=102)
    assert ear.fresh(102)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is told while nobody is heard, and an address of nobody's and one of a site's send."""
    monkeypatch.setattr(sets, "counted", lambda _: {})
    monkeypatch.setattr(sets, "strangers", lambda: ["192.0.2.66", "203.0.113.1"])
    said: list[Any] = []
    teller = Teller(lambda entry: said.append((clock[0], entry)))
    made, clock, document = alarms.Alarms(teller), [0.0], parse(TEXT)
    for second in range(0, 200, 2):
        clock[0] = float(second)
        made.look(document, Ears(), 5000.0 + second)
    return said


def test_strangers_are_told_at_once_and_a_sites_own_address_after_a_minute(told: list[Any]) -> None:
    first = {entry["address"]: at for at, entry in reversed(told) if entry["event"] == "stranger"}
    assert first == {"192.0.2.66": 0, "203.0.113.1": 60}


def test_a_site_without_a_session_is_told_once(told: list[Any]) -> None:
    silent = [(at, entry["site"]) for at, entry in told if entry["event"] == "handshake-old"]
    assert silent == [(SESSION + 1, "recife"), (SESSION + 1, "santos")]


def test_a_document_is_put_in_place_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "document.json"
    place(file, TEXT)
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.stat().st_ino
    place(file, TEXT)
    assert file.stat().st_ino == before


def test_a_document_that_is_none_says_nothing_of_itself() -> None:
    with pytest.raises(ValueError, match=r"^the document is no JSON$"):
        parse("hush")
    assert isinstance(parse(TEXT), Document)


def test_questions_and_answers_are_of_one_another() -> None:
    asked = request(7, 1)
    answer = bytes([0x45]) + bytes(19) + b"\0" + asked[1:]
    assert answers(answer, 7)
    assert not answers(answer, 8)
    assert not answers(bytes([0x45]) + bytes(19) + asked, 7)
