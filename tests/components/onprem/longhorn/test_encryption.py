"""The recipe of encrypted volumes, given to the real cryptsetup as Longhorn gives it."""

import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from components.onprem.longhorn.encryption import HEADER, RECIPE
from components.onprem.longhorn.longhorn import Longhorn
from tests.components.cloud.recorded import recorded
from tests.components.onprem.longhorn.samples import ARGS
from tests.debian import program

OPTIONS: Final = {
    "--cipher": "CRYPTO_KEY_CIPHER",
    "--hash": "CRYPTO_KEY_HASH",
    "--key-size": "CRYPTO_KEY_SIZE",
    "--pbkdf": "CRYPTO_PBKDF",
    "--pbkdf-force-iterations": "CRYPTO_PBKDF_FORCE_ITERATIONS",
    "--pbkdf-memory": "CRYPTO_PBKDF_MEMORY",
}
"""Which of the Secret's keys becomes which option, in order: longhorn-manager v1.12.1 csi/node_server.go and
csi/crypto/crypto.go, go-common-libs ns/crypto.go (LuksFormat, LuksOpen)."""

SIZE: Final = 48 * 2**20
"""Bytes of the volume under test."""


def secret() -> dict[str, str]:
    """What the component puts into the Secret."""
    recording = recorded(lambda: Longhorn("one", ARGS), preview=False)
    kept: Any = recording.resource("Secret one-key").inputs["stringData"]
    return {key: str(value) for key, value in kept.value.items()}


SECRET: Final = secret()


def cryptsetup(*arguments: str | Path, passphrase: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("cryptsetup", "cryptsetup-bin"), *map(str, arguments)],
        input=passphrase,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A volume, formatted as Longhorn formats one when it is first attached."""
    file = tmp_path_factory.mktemp("luks") / "volume"
    with file.open("wb") as empty:
        empty.truncate(SIZE)
    options = [part for option, key in OPTIONS.items() for part in (option, SECRET[key])]
    words = ("-q", "luksFormat", "--type", "luks2", *options, file, "-d", "-")
    ran = cryptsetup(*words, passphrase=SECRET["CRYPTO_KEY_VALUE"])
    assert ran.returncode == 0, ran.stderr
    return file


@pytest.fixture(scope="module")
def header(volume: Path) -> list[str]:
    """What the volume says of itself, line by line, spaces made one."""
    return [" ".join(line.split()) for line in cryptsetup("luksDump", volume).stdout.splitlines()]


@pytest.mark.parametrize(
    "claim",
    [
        "cipher: aes-xts-plain64",
        "Key: 512 bits",
        "Cipher: aes-xts-plain64",
        "Cipher key: 512 bits",
        "PBKDF: argon2id",
        "Time cost: 4",
        "Memory: 65536",
        "AF hash: sha512",
        "Hash: sha512",
        "Version: 2",
        f"offset: {HEADER} [bytes]",
    ],
)
def test_a_volume_is_what_we_claim(header: list[str], claim: str) -> None:
    assert claim in header


def test_it_has_one_key_and_no_other_way_in(header: list[str]) -> None:
    assert [line for line in header if line.endswith(": luks2")] == ["0: luks2"]


def test_the_passphrase_opens_it_and_another_does_not(volume: Path) -> None:
    ask = ("luksOpen", "--test-passphrase", volume, "-d", "-")
    assert cryptsetup(*ask, passphrase=SECRET["CRYPTO_KEY_VALUE"]).returncode == 0
    assert cryptsetup(*ask, passphrase=SECRET["CRYPTO_KEY_VALUE"][:-1]).returncode == 2


def test_a_passphrase_from_escrow_with_a_newline_is_another_one(volume: Path) -> None:
    ran = cryptsetup(
        "luksOpen", "--test-passphrase", volume, "-d", "-", passphrase=SECRET["CRYPTO_KEY_VALUE"] + "\n"
    )
    assert ran.returncode == 2
    assert "No key available with this passphrase." in ran.stderr, "as the runbook says"


def test_what_longhorn_would_choose_itself_is_less(tmp_path: Path) -> None:
    """The defaults of csi/crypto/crypto.go, so that a recipe left out is not as good by accident."""
    file = tmp_path / "volume"
    file.write_bytes(bytes(SIZE))
    plain = ("--cipher", "aes-xts-plain64", "--hash", "sha256", "--key-size", "256", "--pbkdf", "pbkdf2")
    quick = ("--pbkdf-force-iterations", "1000")
    made = ("-q", "luksFormat", "--type", "luks2", *plain, *quick, file, "-d", "-")
    assert cryptsetup(*made, passphrase="any words").returncode == 0  # noqa: S106 -- of a file that goes
    said = " ".join(cryptsetup("luksDump", file).stdout.split())
    assert "Key: 256 bits" in said
    assert "Key: 512 bits" not in said


def test_every_line_of_the_recipe_reaches_cryptsetup() -> None:
    assert {*RECIPE} == {*OPTIONS.values(), "CRYPTO_KEY_PROVIDER"}
    assert RECIPE["CRYPTO_KEY_PROVIDER"] == "secret"


def test_opening_needs_little_memory() -> None:
    """Twenty volumes of a node that starts are opened at once."""
    assert 20 * int(RECIPE["CRYPTO_PBKDF_MEMORY"]) * 1024 <= 2 * 2**30
