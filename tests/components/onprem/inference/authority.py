"""Authorities and certificates for the proxy's test: the hospital's, and a stranger's."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PEM = serialization.Encoding.PEM


class Authority:
    """One that signs for others."""

    def __init__(self, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP384R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        signed = _builder(self.name, self.name, self.key.public_key())
        own = signed.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.certificate = own.sign(self.key, hashes.SHA384())

    @property
    def pem(self) -> str:
        """Its certificate."""
        return self.certificate.public_bytes(PEM).decode()

    def sign(self, request: str) -> str:
        """What a provider makes of a request: names and public key stay, the authority signs."""
        asked = x509.load_pem_x509_csr(request.encode())
        names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return self._signed(asked.subject, asked.public_key(), names, ExtendedKeyUsageOID.SERVER_AUTH)

    def client(self, folder: Path, names: Sequence[str]) -> tuple[str, str]:
        """Files of a certificate and its key, as cert-manager makes them."""
        stem = f"{self.certificate.serial_number}-{names[0]}"
        files = folder / f"{stem}.crt", folder / f"{stem}.key"
        if files[1].exists():
            return str(files[0]), str(files[1])
        key = ec.generate_private_key(ec.SECP384R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        alternative = x509.SubjectAlternativeName([*map(x509.DNSName, names)])
        signed = self._signed(subject, key.public_key(), alternative, ExtendedKeyUsageOID.CLIENT_AUTH)
        files[0].write_text(signed)
        files[1].write_bytes(
            key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        return str(files[0]), str(files[1])

    def _signed(
        self,
        subject: x509.Name,
        key: object,
        names: x509.SubjectAlternativeName,
        usage: x509.ObjectIdentifier,
    ) -> str:
        builder = _builder(subject, self.name, key)
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        return builder.sign(self.key, hashes.SHA384()).public_bytes(PEM).decode()


def _builder(subject: x509.Name, issuer: x509.Name, key: object) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)  # ty: ignore[invalid-argument-type] -- any key that a request may hold
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=12))
    )
