"""The types of resources that the rules speak of."""

from typing import Final

BUCKET: Final = "gcp:storage/bucket:Bucket"
CRYPTO_KEY: Final = "gcp:kms/cryptoKey:CryptoKey"
DATABASE: Final = "gcp:sql/databaseInstance:DatabaseInstance"
FIREWALL_RULE: Final = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule"
KEY_RING: Final = "gcp:kms/keyRing:KeyRing"
NETWORK: Final = "gcp:compute/network:Network"
SUBNET: Final = "gcp:compute/subnetwork:Subnetwork"

GRANTS: Final = ("gcp:*IAMMember", "gcp:*IamMember", "gcp:*IAMBinding", "gcp:*IamBinding")
"""Who may do what, wherever it is granted."""
