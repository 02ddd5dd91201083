"""The question, asked on the hospital's own network, whether a pool's addresses are free."""

from collections.abc import Sequence
from ipaddress import IPv4Address
from typing import Final

PACKAGES: Final = ("iputils-arping", "iproute2")
"""Of Debian's, which the machine that asks must have."""

SCRIPT: Final = r"""set -eu
# Is an address of MetalLB's pool somebody else's? Two machines with one address would answer in turn.
# It asks as a machine does before it takes an address (RFC 5227): nobody's tables change.

if ! arping -V 2>&1 </dev/null | grep -q iputils; then
    echo "arping of iputils is missing on this machine: apt-get install iputils-arping" >&2
    exit 1
fi

# What MetalLB announces already is ours. Before the cluster answers nothing is announced.
announced='{range .items[*]}{range .status.loadBalancer.ingress[*]}{.ip}{"\n"}{end}{end}'
ours=$(k3s kubectl get services --all-namespaces -o "jsonpath=$announced" 2>/dev/null </dev/null) || ours=""
here=$(ip -4 -oneline address show | sed 's/.* inet \([0-9.]*\).*/\1/')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ask() { # address interface
    status=0
    arping -D -c 2 -w 3 -I "$2" "$1" >"$work/$1.$2.said" 2>&1 </dev/null || status=$?
    echo "$status" >"$work/$1.$2.status"
}

asked=""
for address in $addresses; do
    if printf '%s\n' "$here" | grep -qxF "$address"; then
        echo "$address is in the pool, and is this machine's own" >>"$work/taken"
    elif printf '%s\n' "$ours" | grep -qxF "$address"; then
        echo "$address is announced by MetalLB itself"
    else
        for interface in $interfaces; do
            ask "$address" "$interface" &
            asked="$asked $address.$interface"
        done
    fi
done
wait

for each in $asked; do
    address=${each%.*}
    interface=${each##*.}
    case $(cat "$work/$each.status") in
    0) ;;
    1)
        mac=$(sed -n 's/.*reply from [0-9.]* \[\([^]]*\)].*/\1/p' "$work/$each.said" | head -n 1)
        echo "$address is in use on $interface, by ${mac:-a machine that did not say its MAC}" >>"$work/taken"
        ;;
    *) sed "s/^/$interface: /" "$work/$each.said" | head -n 2 >>"$work/failed" ;;
    esac
done

if [ -s "$work/failed" ]; then
    sort -u "$work/failed" >&2
    echo "so it could not be asked whether the pool is free" >&2
    echo "is the card's name right, and this machine in the pool's network?" >&2
    exit 1
fi
if [ -s "$work/taken" ]; then
    sort "$work/taken" >&2
    echo "take these addresses out of MetalLB's pool, or away from those machines" >&2
    exit 1
fi
echo "nobody else has an address of the pool"
"""
"""After ``addresses`` and ``interfaces``."""


def preflight(addresses: Sequence[IPv4Address], interfaces: Sequence[str]) -> str:
    """A script that fails, naming address and MAC, if somebody on an interface's network has an address."""
    return f"addresses='{' '.join(map(str, addresses))}'\ninterfaces='{' '.join(interfaces)}'\n{SCRIPT}"
