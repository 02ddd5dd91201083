"""Whether Metal works for this very process: a daemon may be refused what a terminal gets."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

FRAMEWORKS: Final = "/System/Library/Frameworks"
SIDE: Final = 64
"""Of the square matrices that are multiplied: enough to run a kernel, too small to wait for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What the probe saw."""

    works: bool
    why: str
    """In words for whoever is called at night."""


def devices() -> int:
    """How many GPUs Metal shows this process.

    Without a window server the default device may be nil although the GPU is there, so all are counted too.
    CoreGraphics is loaded because Apple's documentation of MTLCreateSystemDefaultDevice asks for it.
    """
    ctypes.CDLL(f"{FRAMEWORKS}/CoreGraphics.framework/CoreGraphics")
    metal: Any = ctypes.CDLL(f"{FRAMEWORKS}/Metal.framework/Metal")
    objc: Any = ctypes.CDLL("/usr/lib/libobjc.dylib")
    metal.MTLCreateSystemDefaultDevice.restype = ctypes.c_void_p
    metal.MTLCopyAllDevices.restype = ctypes.c_void_p
    objc.sel_registerName.restype = ctypes.c_void_p
    count = ctypes.CFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    default = metal.MTLCreateSystemDefaultDevice()
    every = metal.MTLCopyAllDevices()
    counted = count(every, objc.sel_registerName(b"count")) if every else 0
    return max(int(counted), int(default is not None))


def multiply() -> float:
    """The sum over a product of two matrices of ones, worked out on the GPU."""
    import mlx.core as mx  # noqa: PLC0415  # ty: ignore[import-not-found] -- on the Mac alone

    if not mx.metal.is_available():
        raise RuntimeError("mlx was built without Metal")
    ones = mx.ones((SIDE, SIDE), stream=mx.gpu)
    return mx.sum(mx.matmul(ones, ones, stream=mx.gpu), stream=mx.gpu).item()


def probe(devices: Callable[[], int] = devices, multiply: Callable[[], float] = multiply) -> Finding:
    """Asks Metal for its devices, and lets one of them count."""
    try:
        if not (found := devices()):
            return Finding(works=False, why="Metal shows this daemon no GPU")
        result = multiply()
    except (OSError, RuntimeError, ImportError, AttributeError, ValueError) as error:
        return Finding(works=False, why=f"Metal does not answer: {type(error).__name__}: {error}")
    if result != SIDE**3:
        return Finding(works=False, why=f"the GPU counts wrong: {result} instead of {SIDE**3}")
    return Finding(works=True, why=f"{found} GPU, and it counts right")
