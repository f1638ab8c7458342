"""Compiled code reaches everything through one pointer.

Handing dozens of arrays from function to function costs numba more than the work itself: each is seven
arguments and a reference count (measured: twenty times slower, minutes to compile). Here a function gets the
record of the world (`records.WORLD`), which holds addresses; `calls(w.calls, 3)` is the fourth record at that
address, without a copy. Whoever builds a world keeps its arrays alive (`records.World`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import numba
import numpy as np
from numba import njit, types
from numba.extending import intrinsic

_Function = TypeVar("_Function", bound=Callable[..., Any])


class _Compile(Protocol):
    def __call__(self, function: _Function, /) -> _Function: ...


# How the parts of the engine are compiled: nobody calls them from Python, so they get no wrappers.
# A part of its own costs about a third of a second, once; what is called from many places must be one, or it is
# typed and made into machine code again at each of them (measured: 40 s for all, instead of 20).
_BARE: Any = {"nogil": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
part: _Compile = njit(**_BARE)
# Into the caller, by LLVM: what runs for every event or every call (measured: a sixth faster).
small: _Compile = njit(**_BARE, forceinline=True)
# Into the caller, before types are inferred: what is called from one place, or is one expression.
inlined: _Compile = njit(**_BARE, inline="always")


def records_at(dtype: np.dtype[Any]) -> Callable[[Any, Any], Any]:
    """A compiled function (address, index) → the record there, to read and to write."""
    record = numba.from_dtype(dtype)
    size = dtype.itemsize

    @intrinsic
    def at(_typing: Any, address: Any, index: Any) -> Any:
        def build(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
            step = builder.mul(given[1], context.get_constant(types.int64, size))
            place = builder.add(given[0], step)
            return builder.inttoptr(place, context.get_value_type(record))

        return record(types.int64, types.int64), build

    return cast("Callable[[Any, Any], Any]", at)
