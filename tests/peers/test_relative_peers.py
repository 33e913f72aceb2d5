"""Buckets and clipped offsets: whole numbers, so either equal or not."""

from types import SimpleNamespace

import numpy as np
import pytest
from keras_hub.src.models.t5.t5_multi_head_attention import T5MultiHeadAttention
from transformers.models.t5.modeling_t5 import T5Attention
from transformers.models.wav2vec2_bert.modeling_wav2vec2_bert import _apply_relative_key_position_encoding
from x_transformers.x_transformers import RelativePositionBias

import posenc
import torch

CONCEPT = "relative"
CALL = "relative_position_bucket(np.arange(-far, far + 1), bidirectional={}, num_buckets={}, max_distance={})"
#: Both directions or causal, buckets, maximal distance: the defaults, and others.
SETTINGS = [
    [True, 32, 128],
    [False, 32, 128],
    [True, 64, 256],
    [False, 16, 64],
    [True, 320, 800],
    [False, 64, 2048],
]


def transformers(far, both, buckets, most):
    return T5Attention._relative_position_bucket(torch.arange(-far, far + 1), both, buckets, most).numpy()


def keras_hub(far, both, buckets, most):
    offsets = torch.arange(-far, far + 1)
    return np.asarray(T5MultiHeadAttention._relative_position_bucket(offsets, both, buckets, most))


def x_transformers(far, both, buckets, most):
    offsets = torch.arange(-far, far + 1)
    return RelativePositionBias._relative_position_bucket(offsets, not both, buckets, most).numpy()


@pytest.mark.parametrize(
    ("software", "there", "theirs"),
    [
        ("transformers", "T5Attention, _relative_position_bucket", transformers),
        ("keras-hub", "T5MultiHeadAttention, _relative_position_bucket", keras_hub),
        ("x-transformers", "RelativePositionBias, _relative_position_bucket", x_transformers),
    ],
)
def test_buckets_of_all_offsets_to_5000(compare, software, there, theirs):
    each = CALL.format("bool(both)", "buckets", "most")
    compare(
        f"T5 buckets, {len(SETTINGS)} settings, offsets to 5000",
        software,
        there,
        theirs=lambda far, settings: np.stack([theirs(far, bool(both), *others) for both, *others in settings]),
        ours=f"np.stack([{each} for both, buckets, most in settings])",
        convention="key position - query position",
        arithmetic="float32 logarithms",
        within=0.0,
        full={"far": 5000, "settings": SETTINGS},
        small={"far": 130, "settings": SETTINGS[:2]} if software == "transformers" else None,
    )


@pytest.mark.parametrize("both", [True, False])
def test_an_edge_that_a_float32_logarithm_misses(compare, both):
    """54/24 and 81/24 are powers of 3/2, so that 54 begins bucket 40 exactly. Rounded logarithms make it 39.99999.

    Another processor may round them the other way; then the two agree, and `record.py` says that they do.
    """
    buckets = 96 if both else 48
    offsets = np.arange(-5000, 5001)
    exact = posenc.relative_position_bucket(offsets, bidirectional=both, num_buckets=buckets, max_distance=81)
    missed = offsets[transformers(5000, both, buckets, 81) != exact]
    assert {-54, 54}.issuperset(missed.tolist())
    compare(
        f"T5 buckets, {buckets} {'in both directions' if both else 'causal'}, to 81",
        "transformers",
        "T5Attention, _relative_position_bucket",
        theirs=lambda far: transformers(far, both, buckets, 81),
        ours=CALL.format(both, buckets, 81),
        convention="key position - query position",
        arithmetic="float32 logarithms",
        within=0.0,
        full={"far": 5000},
        differs=f"one bucket too low at {' and '.join(map(str, missed))}" if missed.size else "",
    )


class Rows:
    """In place of the table of vectors: keeps which rows are asked for."""

    def __call__(self, rows):
        self.asked = rows
        return torch.zeros(*rows.shape, 1)


def wav2vec2_bert(n, most):
    rows = Rows()
    module = SimpleNamespace(
        left_max_position_embeddings=most, right_max_position_embeddings=most, distance_embedding=rows, scaling=1.0
    )
    _apply_relative_key_position_encoding(module, torch.zeros(1, 1, n, 1), torch.zeros(1, 1, n, 1))
    return rows.asked.numpy()


def test_clipped_offsets(compare):
    compare(
        "Shaw's clipped offsets",
        "transformers",
        "wav2vec2_bert, relative_key",
        theirs=wav2vec2_bert,
        ours="clipped_relative_positions(range(n), range(n), most)",
        convention="key position - query position, clipped alike on both sides",
        arithmetic="whole numbers",
        within=0.0,
        full={"n": 300, "most": 64},
        small={"n": 6, "most": 2},
    )
