"""Slopes and biases of attention with linear biases."""

import keras_hub
import numpy as np
import pytest
from peer import tensor
from transformers.models.bloom import modeling_bloom as bloom
from transformers.models.falcon import modeling_falcon as falcon
from transformers.models.mpt import modeling_mpt as mpt
from x_transformers.x_transformers import AlibiPositionalBias

import torch

CONCEPT = "ALiBi"
ALL = "np.concatenate([alibi_slopes(n) for n in range(1, most + 1)])"
FULL, SMALL = {"n": 300, "heads": 12}, {"n": 4, "heads": 6}
#: The bias of the last query, without what its key at position 0 has.
BY_KEY = "alibi_bias(n - 1, range(n), heads) - alibi_bias(n - 1, [0], heads)"
BY_DISTANCE = "alibi_bias(n - 1, range(n), heads)"


def bloom_slopes(n):
    return bloom._get_alibi_slopes(n, torch.device("cpu")).numpy()


def falcon_bias(n, heads, dtype=torch.float32):
    return falcon.build_alibi_tensor(torch.ones(1, n, dtype=torch.int64), heads, dtype)[:, 0].numpy()


@pytest.mark.parametrize(
    ("software", "there", "slopes"),
    [
        ("transformers", "bloom, build_alibi_tensor", bloom_slopes),
        ("transformers", "mpt, build_mpt_alibi_tensor", lambda n: -mpt.build_mpt_alibi_tensor(n, 2)[:, 0, 0].numpy()),
        ("keras-hub", "AlibiBias, _get_slopes", lambda n: np.array(keras_hub.layers.AlibiBias()._get_slopes(n))),
        ("x-transformers", "AlibiPositionalBias, _get_slopes", lambda n: np.array(AlibiPositionalBias._get_slopes(n))),
    ],
)
def test_slopes_of_1_to_64_heads(compare, software, there, slopes):
    doubles = software != "transformers"
    compare(
        "slopes of 1 to 64 heads",
        software,
        there,
        theirs=lambda most: np.concatenate([slopes(n) for n in range(1, most + 1)]),
        ours=ALL,
        convention="the authors' code for numbers that are no power of two",
        arithmetic="float64" if doubles else "float32",
        relative=True,
        within=2e-14 if doubles else 4e-6,  # bloom raises a rounded slope to the powers up to 64
        full={"most": 64},
        small={"most": 13},
    )


@pytest.mark.parametrize(
    ("software", "there", "theirs", "ours", "convention"),
    [
        (
            "transformers",
            "bloom, build_alibi_tensor",
            lambda n, heads: bloom.build_alibi_tensor(torch.ones(1, n, dtype=torch.int64), heads, torch.float32)[
                :, 0
            ].numpy(),
            BY_KEY,
            "slope times key position, the same in every row",
        ),
        (
            "transformers",
            "mpt, build_mpt_alibi_tensor",
            lambda n, heads: mpt.build_mpt_alibi_tensor(heads, n)[:, 0].numpy(),
            BY_DISTANCE,
            "the row of the last query, for every row",
        ),
        (
            "keras-hub",
            "AlibiBias",
            lambda n, heads: np.asarray(keras_hub.layers.AlibiBias()(torch.zeros(1, heads, 1, n)))[0, :, 0],
            BY_DISTANCE,
            "the row of the last query, for every row",
        ),
        (
            "x-transformers",
            "AlibiPositionalBias",
            lambda n, heads: AlibiPositionalBias(heads)(n, n).numpy(),
            "alibi_bias(range(n), range(n), heads)",
            "slope times distance, also ahead of the query",
        ),
    ],
)
def test_bias(compare, software, there, theirs, ours, convention):
    compare(
        "bias",
        software,
        there,
        theirs=theirs,
        ours=ours,
        convention=convention,
        arithmetic="float32",
        within=1e-4,  # a bias is as large as 212, and float32 keeps seven digits
        full=FULL,
        small=SMALL,
    )


def causal_weights(scores):
    """Attention weights of queries that see the keys up to their own."""
    n = scores.shape[-1]
    masked = tensor(scores, torch.float64).masked_fill(torch.ones(n, n).triu(1).bool(), -torch.inf)
    return masked.softmax(-1).numpy()


def test_by_key_position_or_by_distance_the_weights_are_the_same(compare):
    """Within one row the two biases differ by a constant, which softmax takes out."""

    def theirs(scores, heads, weights):
        n = scores.shape[-1]
        bias = bloom.build_alibi_tensor(torch.ones(1, n, dtype=torch.int64), heads, torch.float32).numpy()
        return weights(scores + bias)

    compare(
        "causal attention weights",
        "transformers",
        "bloom, build_alibi_tensor",
        theirs=theirs,
        ours="weights(scores + alibi_bias(range(scores.shape[-1]), range(scores.shape[-1]), heads))",
        convention="weights(...): softmax over the keys up to the query",
        arithmetic="float32",
        within=1e-5,
        full={
            "scores": np.random.default_rng(0).standard_normal((12, 300, 300)),
            "heads": 12,
            "weights": causal_weights,
        },
    )


def test_falcon_rounds_to_bfloat16(compare):
    compare(
        "bias",
        "transformers",
        "falcon, build_alibi_tensor",
        theirs=falcon_bias,
        ours=BY_KEY,
        arithmetic="bfloat16",
        within=0.1,
        full=FULL | {"n": 2048},
        differs="slopes and products are rounded to bfloat16",
    )
