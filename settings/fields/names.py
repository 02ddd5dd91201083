"""What people, machines, disks and services are called."""

from typing import Annotated

from pydantic import AfterValidator, Field

from settings.fields.refusal import matching, refused


def _title(value: str) -> str:
    if not value.isprintable():
        raise refused("holds characters that nobody can see; write letters, digits and spaces")
    return value


Title = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_title)]
Name = Annotated[
    str,
    matching(
        "[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
        "is not a name; use 1 to 20 lower-case letters, digits and dashes, a letter first, no dash last",
    ),
]
ProjectId = Annotated[
    str,
    matching(
        "[a-z][a-z0-9-]{4,28}[a-z0-9]",
        "is not a project id; Google's have 6 to 30 lower-case letters, digits and dashes, a letter first",
    ),
]
Domain = Annotated[
    str,
    matching(
        r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
        "is not a domain; write one like hospital.example",
    ),
]
Email = Annotated[str, matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "is not an e-mail address")]
UserName = Annotated[
    str, matching("[a-z_][a-z0-9_-]{0,30}", "is not a user; write lower-case letters, digits, _ and -")
]
HostKey = Annotated[
    str,
    matching(
        r"(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) [A-Za-z0-9+/]{64,}={0,2}",
        "is not a public SSH key; write two words as ssh-keyscan prints them, like ssh-ed25519 AAAA...",
    ),
]
DiskName = Annotated[
    str,
    matching(
        r"/dev/disk/by-id/[A-Za-z0-9._:+-]+",
        "is no lasting name of a disk; write one that ls /dev/disk/by-id lists, with its folder",
    ),
]
StorageClassName = Annotated[
    str,
    matching(
        "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?", "is not a storage class; kubectl get storageclass lists them"
    ),
]
LabelKey = Annotated[
    str,
    matching(
        "[a-z][a-z0-9_-]{0,62}", "is not a label; use lower-case letters, digits, _ and -, a letter first"
    ),
]
LabelValue = Annotated[
    str, matching("[a-z0-9_-]{0,63}", "is not a label's value; use lower-case letters, digits, _ and -")
]
ModelSource = Annotated[
    str,
    matching(
        r"gs://[a-z0-9][a-z0-9._-]+/[\w./+-]+|/[\w./+ -]+",
        "is no place of a model; write gs://bucket/path.tar, or a file on the Mac like /Volumes/models/x.tar",
    ),
]
Sha256 = Annotated[
    str, matching("[0-9a-f]{64}", "is no SHA-256; write the 64 digits that shasum -a 256 prints")
]
Https = Annotated[
    str,
    matching(
        r"https://[A-Za-z0-9.-]+/\S+", "is no address to download from; write one that begins with https://"
    ),
]
