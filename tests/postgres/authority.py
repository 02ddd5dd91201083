"""Certificates for servers and those who log in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgres.people import give

PEM = serialization.Encoding.PEM


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path


class Authority:
    """Signs for whoever asks, for twelve hours."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.file = self._signed(name, self._key, (), ca=True).certificate
        """What others trust."""

    def paper(self, name: str, hosts: Sequence[str] = ()) -> Paper:
        """For a server, or for who logs in under that name."""
        return self._signed(name, ec.generate_private_key(ec.SECP256R1()), hosts, ca=False)

    def _signed(self, name: str, key: ec.EllipticCurvePrivateKey, hosts: Sequence[str], *, ca: bool) -> Paper:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named(self._name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(hours=12))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if hosts:
            names = x509.SubjectAlternativeName([*map(x509.DNSName, hosts)])
            builder = builder.add_extension(names, critical=False)
        signed = builder.sign(self._key, hashes.SHA256())
        paper = Paper(self._folder / f"{name}.crt", self._folder / f"{name}.key")
        paper.certificate.write_bytes(signed.public_bytes(PEM))
        secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        paper.key.write_bytes(secret)
        paper.key.chmod(0o600)
        give(paper.certificate)
        give(paper.key)
        return paper


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
