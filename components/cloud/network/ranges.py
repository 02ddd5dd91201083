"""Address ranges that Google fixes for everybody."""

from ipaddress import IPv4Network
from typing import Final

INTERNET: Final = IPv4Network("0.0.0.0/0")

PRIVATE_APIS: Final = IPv4Network("199.36.153.8/30")
"""private.googleapis.com: Google's APIs on addresses that are not announced on the internet
(https://cloud.google.com/vpc/docs/configure-private-google-access#config-options)."""

DIRECT_APIS: Final = IPv4Network("34.126.0.0/18")
"""Where gRPC clients on Google's machines reach the same APIs without a front end (same page)."""

HEALTH_CHECKS: Final = (IPv4Network("35.191.0.0/16"), IPv4Network("130.211.0.0/22"))
"""Where load balancers probe from (https://cloud.google.com/load-balancing/docs/health-checks#firewall_rules)."""

DNS_FORWARDERS: Final = IPv4Network("35.199.192.0/19")
"""Where Cloud DNS asks from when a zone is forwarded to a hospital's own resolver
(https://cloud.google.com/dns/docs/zones/forwarding-zones#firewall-rules)."""
