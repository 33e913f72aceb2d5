"""Rotary encoding of JAX, Dask and strictly standard arrays. The environment that runs this has all three."""

import os
import subprocess
import sys

import array_api_strict
import dask.array
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from posenc import apply_rotary, convert_rotary_weights, rotary_cos_sin, rotary_matrix

LAYOUTS = ["interleaved", "halves"]
X = np.random.default_rng(0).standard_normal((2, 3, 5, 10))
LIBRARIES = {"jax": jnp, "dask": dask.array, "strict": array_api_strict}


def back_to_numpy(array):
    return np.asarray(array.compute() if isinstance(array, dask.array.Array) else array)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("pairs", [3, 5])
@pytest.mark.parametrize(
    ("library", "dtype"), [("jax", "float32"), ("dask", "float32"), ("dask", "float64"), ("strict", "float64")]
)
def test_an_array_stays_in_its_library(library, dtype, layout, pairs):
    xp = LIBRARIES[library]
    x = xp.asarray(X.astype(dtype))
    cos, sin = rotary_cos_sin(range(5), 2 * pairs)
    turned = apply_rotary(x, cos, sin, layout=layout)
    assert type(turned) is type(x)
    assert turned.dtype == x.dtype
    exact = apply_rotary(X.astype(dtype), cos, sin, layout=layout)
    np.testing.assert_allclose(back_to_numpy(turned), exact, rtol=0, atol=4 * np.finfo(dtype).eps)
    tables = (xp.asarray(table.astype(dtype)) for table in (cos, sin))
    np.testing.assert_array_equal(back_to_numpy(apply_rotary(x, *tables, layout=layout)), back_to_numpy(turned))


@pytest.mark.parametrize("library", ["jax", "dask"])
def test_weights_are_converted_in_their_library(library):
    w = X[0, 0, :4].T
    there = convert_rotary_weights(LIBRARIES[library].asarray(w.astype("f4")), 1, source="halves", target="interleaved")
    expected = convert_rotary_weights(w.astype("f4"), 1, source="halves", target="interleaved")
    np.testing.assert_array_equal(back_to_numpy(there), expected)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_jax_compiles_maps_and_differentiates(layout):
    cos, sin = rotary_cos_sin(range(5), 6)

    def turn(x):
        return apply_rotary(x, cos, sin, layout=layout)

    x = jnp.asarray(X, dtype="float32")
    np.testing.assert_allclose(jax.jit(turn)(x), turn(x), atol=1e-6)
    np.testing.assert_allclose(jax.vmap(turn)(x), turn(x), atol=1e-6)
    gradient = jax.jit(jax.grad(lambda x, u: (u * turn(x)).sum()))(x, x[::-1])
    back = X[::-1].copy()
    for p in range(5):
        back[..., p, :6] = X[::-1][..., p, :6] @ rotary_matrix(p, 6, layout=layout)
    np.testing.assert_allclose(gradient, back, atol=1e-6)
    assert turn(x.astype("bfloat16")).dtype == "bfloat16"


def test_jax_keeps_an_array_spread_over_two_devices():
    """In a fresh interpreter: JAX counts its devices once."""
    code = """
import jax, jax.numpy as jnp
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from posenc import apply_rotary, rotary_cos_sin
spread = NamedSharding(Mesh(jax.devices(), ("batch",)), PartitionSpec("batch"))
x = jax.device_put(jnp.ones((2, 3, 5, 8)), spread)
for layout in ("interleaved", "halves"):
    print(apply_rotary(x, *rotary_cos_sin(range(5), 8), layout=layout).sharding.is_equivalent_to(spread, 4))
"""
    two = {**os.environ, "JAX_PLATFORMS": "cpu", "XLA_FLAGS": "--xla_force_host_platform_device_count=2"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=two)
    assert result.stdout.split() == ["True", "True"], result.stderr


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("chunks", [(1, 3, 5, 10), (2, 1, 2, 10), (2, 3, 5, 4)])
def test_dask_stays_lazy_whatever_the_chunks(layout, chunks):
    cos, sin = rotary_cos_sin(range(5), 6)
    turned = apply_rotary(dask.array.from_array(X, chunks=chunks), cos, sin, layout=layout)
    assert isinstance(turned, dask.array.Array)
    np.testing.assert_allclose(turned.compute(), apply_rotary(X, cos, sin, layout=layout), atol=1e-15)


def test_two_libraries_do_not_mix():
    cos, sin = rotary_cos_sin(range(5), 10)
    with pytest.raises(TypeError, match="Multiple namespaces"):
        apply_rotary(jnp.asarray(X, dtype="float32"), dask.array.asarray(cos), sin, layout="halves")
