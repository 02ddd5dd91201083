"""The proxy before the models: Caddy's configuration, as data."""

import json
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address
from typing import Any, Final

from components.onprem.inference.layout import (
    AUTHORITY,
    CERTIFICATE,
    FRONT_LOGS,
    KEY,
    READY_PORT,
    model_port,
)
from components.onprem.inference.models import QUEUE, Kind, Model

PATHS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "/v1/chat/completions",
    Kind.SPEECH: "/v1/audio/transcriptions",
}
"""The one path of each kind that anybody may ask."""

ANSWER: Final = "600s"
"""Within which an answer must begin, and the whole of it be over."""

MODELS: Final = "subroute"
"""The handler of a model's route, and of no other: Caddy's numbers tell routes apart by it."""

Route = dict[str, Any]


def front(address: IPv4Address, port: int, models: Mapping[str, Model], clients: Sequence[str]) -> str:
    """The whole configuration.

    Only TLS 1.3 with a certificate that the authority signed for one of ``clients`` gets an answer. Nothing
    is logged of a request: not its body, not its address, not its query.
    """
    places = {name: place for place, name in enumerate(sorted(models))}
    routes = [
        _inside(clients),
        *(_model(name, models[name], model_port(place)) for name, place in places.items()),
        _read("/ready", READY_PORT),
        _read("/metrics", READY_PORT),
        _own_metrics(),
        {"handle": [{"handler": "static_response", "status_code": 404}]},
    ]
    server = {
        "listen": [f"{address}:{port}"],
        "protocols": ["h1", "h2"],
        "automatic_https": {"disable": True},
        "tls_connection_policies": [_tls()],
        "strict_sni_host": False,
        "read_header_timeout": "10s",
        "read_timeout": "120s",
        "write_timeout": ANSWER,
        "idle_timeout": "120s",
        "max_header_bytes": 16384,
        "routes": routes,
    }
    config = {
        "admin": {"disabled": True, "config": {"persist": False}},
        "logging": _logging(),
        "apps": {
            "http": {"metrics": {}, "servers": {"front": server}},
            "tls": {
                "certificates": {"load_files": [{"certificate": CERTIFICATE, "key": KEY}]},
                "disable_ocsp_stapling": True,
                "disable_storage_clean": True,
            },
        },
    }
    return json.dumps(config, indent=1, sort_keys=True) + "\n"


def _tls() -> Mapping[str, Any]:
    return {
        "protocol_min": "tls1.3",
        "client_authentication": {
            "mode": "require_and_verify",
            "ca": {"provider": "file", "pem_files": [AUTHORITY]},
        },
    }


def _inside(clients: Sequence[str]) -> Route:
    """The authority signs for others too: a database's certificate is no ticket for the models."""
    named = {"vars": {"{http.request.tls.client.san.dns_names.0}": [*clients]}}
    return _refused({"not": [named]}, 403)


def _model(name: str, model: Model, port: int) -> Route:
    """A request says how long it is, or is refused: the model's server sees nothing of one too large.

    One step after the other, since Caddy compares in any order and cannot read a length that is not there.
    """
    path, largest = PATHS[model.kind], model.request_kib * 1024
    length = {"header_regexp": {"Content-Length": {"pattern": "^[0-9]{1,15}$"}}}
    steps = [
        _refused({"not": [length]}, 411),
        _refused({"expression": f"int({{http.request.header.Content-Length}}) > {largest}"}, 413),
        {"handle": [{"handler": "request_body", "max_size": largest}, _bare(path), _to(port)]},
    ]
    return {
        "match": [{"method": ["POST"], "path": [f"/{name}{path}"]}],
        "handle": [{"handler": MODELS, "routes": steps}],
        "terminal": True,
    }


def _refused(match: Mapping[str, Any], status: int) -> Route:
    refusal = {"handler": "static_response", "status_code": status, "close": True}
    return {"match": [match], "handle": [refusal], "terminal": True}


def _read(path: str, port: int) -> Route:
    return {
        "match": [{"method": ["GET"], "path": [path]}],
        "handle": [_bare(path), _to(port)],
        "terminal": True,
    }


def _own_metrics() -> Route:
    return {
        "match": [{"method": ["GET"], "path": ["/metrics/front"]}],
        "handle": [{"handler": "metrics"}],
        "terminal": True,
    }


def _bare(path: str) -> Mapping[str, Any]:
    """The path alone goes on; what a client wrote after it does not."""
    return {"handler": "rewrite", "uri": f"{path}?"}


def _to(port: int) -> Mapping[str, Any]:
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"127.0.0.1:{port}"}],
        "flush_interval": -1,
        "health_checks": {"passive": {"unhealthy_request_count": QUEUE}},
        "transport": {"protocol": "http", "dial_timeout": "2s", "response_header_timeout": ANSWER},
    }


def _logging() -> Mapping[str, Any]:
    """Of requests Caddy would log address and query when one fails: those loggers are left out."""
    file = {
        "output": "file",
        "filename": f"{FRONT_LOGS}/front.log",
        "mode": "0640",
        "roll_size_mb": 10,
        "roll_keep": 7,
    }
    kept = {"writer": file, "level": "INFO", "exclude": ["http.log", "http.handlers"]}
    return {"logs": {"default": kept}}
