"""What a stack file may choose between."""

from enum import StrEnum


class Environment(StrEnum):
    """The stacks of the platform; a stack's name says which one it is."""

    DEV = "dev"
    STAGING = "staging"
    PROD = "prod"


class Access(StrEnum):
    """From where a cluster's API can be asked at all; it never has a public address."""

    PRIVATE = "private"
    IAM = "iam"


class Backend(StrEnum):
    """What carries the VPN."""

    WIREGUARD = "wireguard"
    IPSEC = "ipsec"


class Carrier(StrEnum):
    """Which kind of machine carries a hospital's tunnels."""

    NODE = "node"
    ROUTER = "router"


class Role(StrEnum):
    """What a machine is in its cluster."""

    SERVER = "server"
    WORKER = "worker"


class Duty(StrEnum):
    """What a worker is for."""

    AI_INFERENCE = "ai-inference"
    API_BACKEND = "api-backend"
    DATA_PROCESSING = "data-processing"


class Os(StrEnum):
    """What a machine runs by itself."""

    MACOS = "macos"
    LINUX = "linux"


class Architecture(StrEnum):
    """What a machine's processor understands."""

    ARM64 = "arm64"
    AMD64 = "amd64"


class Driver(StrEnum):
    """What runs the Linux machines on Macs."""

    LIMA = "lima"
    VFKIT = "vfkit"


class ModelKind(StrEnum):
    """What a model takes and gives."""

    TEXT = "text"
    SPEECH = "speech"
