"""Frequencies and attention factors for longer contexts. Differences are relative: frequencies are small numbers."""

import keras_hub
import numpy as np
import pytest
from diffusers.models.embeddings import get_1d_rotary_pos_embed
from keras_hub.src.models.llama.llama_rotary_embedding import LlamaRotaryEmbedding
from keras_hub.src.models.phi3.phi3_rotary_embedding import Phi3SuScaledRotaryEmbedding
from peer import alone
from rotary_embedding_torch import RotaryEmbedding
from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS
from x_transformers import x_transformers

import torch

torchtune = alone("torchtune.models.llama3_1._position_embeddings")

CONCEPT = "longer context"
FULL, SMALL = {"d": 128, "base": 500000.0}, {"d": 16, "base": 10000.0}
#: Frequencies of float32: a power, quotients and the blend of two, each rounded by 6e-8.
FLOAT32 = 2e-6


def transformers(rope_type, d, base, length=None, **parameters):
    """The frequencies and the attention factor of one of its rope types."""
    parameters |= {"rope_type": rope_type, "rope_theta": base}
    shape = {"head_dim": d, "hidden_size": d, "num_attention_heads": 1, "max_position_embeddings": 2048}
    freqs, attention_factor = ROPE_INIT_FUNCTIONS[rope_type](
        LlamaConfig(**shape, rope_parameters=parameters), seq_len=length
    )
    return freqs.numpy(), attention_factor


def linear(d, base, factor):
    return transformers("linear", d, base, factor=factor)


def dynamic(d, base, factor, length):
    return transformers("dynamic", d, base, length, factor=factor)


def yarn(**options):
    def theirs(d, base, factor, length):
        return transformers("yarn", d, base, factor=factor, original_max_position_embeddings=length, **options)

    return theirs


def llama3(d, base, factor, low, high, length):
    parameters = {"low_freq_factor": low, "high_freq_factor": high, "original_max_position_embeddings": length}
    return transformers("llama3", d, base, factor=factor, **parameters)


def longrope(d, base, factor, short, long, original, length):
    parameters = {"short_factor": short, "long_factor": long, "original_max_position_embeddings": original}
    return transformers("longrope", d, base, length, factor=factor, **parameters)


def proportional(d, base):
    return transformers("proportional", d, base, partial_rotary_factor=0.25)


YARN = {"factor": 16.0, "length": 4096}
LLAMA3 = {"factor": 8.0, "low": 1.0, "high": 4.0, "length": 8192}
LONGROPE = {"factor": 32.0, "original": 4096}
LONGROPE |= {"short": [1 + 0.01 * i for i in range(64)], "long": [1 + 0.75 * i for i in range(64)]}

LINEAR_CALL = "scale_linear(frequencies(d, base=base), factor)"
DYNAMIC_CALL = "scale_dynamic_ntk(frequencies(d, base=base), factor, length=length, original_length=2048)"
YARN_CALL = "scale_yarn(frequencies(d, base=base), factor, original_length=length{})"
LLAMA3_CALL = "scale_llama3(frequencies(d, base=base), factor, low_freq_factor=low, high_freq_factor=high, original_length=length)"
LONGROPE_CALL = (
    "scale_longrope(frequencies(d, base=base), factor, short_factors=short, long_factors=long, "
    "length=length, original_length=original)"
)
PROPORTIONAL_CALL = "(frequencies(d, base=base) * (np.arange(d // 2) < d // 8), 1.0)"


def cut(names):
    """The same for the 8 pairs of the small case."""
    return {name: value[:8] if isinstance(value, list) else value for name, value in names.items()}


@pytest.mark.parametrize(
    ("rope_type", "what", "theirs", "ours", "own"),
    [
        ("linear", "linear", linear, LINEAR_CALL, {"factor": 4.0}),
        ("dynamic", "dynamic NTK at the trained length", dynamic, DYNAMIC_CALL, {"factor": 4.0, "length": 2048}),
        ("dynamic", "dynamic NTK, twice as long", dynamic, DYNAMIC_CALL, {"factor": 4.0, "length": 4096}),
        ("dynamic", "dynamic NTK, eight times as long", dynamic, DYNAMIC_CALL, {"factor": 4.0, "length": 16384}),
        ("yarn", "YaRN", yarn(), YARN_CALL.format(""), YARN),
        ("yarn", "YaRN, truncate=False", yarn(truncate=False), YARN_CALL.format(", truncate=False"), YARN),
        (
            *("yarn", "YaRN, two weights", yarn(mscale=1.0, mscale_all_dim=0.5)),
            *(YARN_CALL.format(", mscale=1, mscale_all_dim=0.5"), YARN),
        ),
        ("llama3", "Llama 3", llama3, LLAMA3_CALL, LLAMA3),
        ("longrope", "LongRoPE at the trained length", longrope, LONGROPE_CALL, LONGROPE | {"length": 4096}),
        ("longrope", "LongRoPE, one beyond", longrope, LONGROPE_CALL, LONGROPE | {"length": 4097}),
        ("proportional", "proportional, a quarter of the pairs turns", proportional, PROPORTIONAL_CALL, {}),
    ],
)
def test_rope_types_of_transformers(compare, rope_type, what, theirs, ours, own):
    compare(
        what,
        "transformers",
        f"ROPE_INIT_FUNCTIONS[{rope_type!r}]",
        theirs=theirs,
        ours=ours,
        arithmetic="float32",
        relative=rope_type != "proportional",  # zeros have no relative difference
        within=FLOAT32,
        full=FULL | own,
        small=SMALL | cut(own),
    )


@pytest.mark.parametrize(
    ("software", "there", "theirs"),
    [
        (
            "rotary-embedding-torch",
            "RotaryEmbedding, theta_rescale_factor",
            lambda d, base, factor: RotaryEmbedding(d, theta=base, theta_rescale_factor=factor).freqs.detach().numpy(),
        ),
        (
            "x-transformers",
            "RotaryEmbedding, base_rescale_factor",
            lambda d, base, factor: x_transformers.RotaryEmbedding(
                d, base=base, base_rescale_factor=factor
            ).inv_freq.numpy(),
        ),
    ],
)
def test_ntk(compare, software, there, theirs):
    compare(
        "NTK-aware",
        software,
        there,
        theirs=theirs,
        ours="scale_ntk(frequencies(d, base=base), factor)[0]",
        convention="the last pair is slowed by the factor",
        arithmetic="float32",
        relative=True,
        within=FLOAT32,
        full=FULL | {"factor": 8.0},
        small=SMALL | {"factor": 8.0},
    )


def diffusers_freqs(d, base, **options):
    """Its frequencies are the angles at position 1."""
    turns = get_1d_rotary_pos_embed(d, torch.ones(1), theta=base, freqs_dtype=torch.float64, **options)
    return turns[0].angle().numpy()


def keras_freqs(layer, d):
    return np.asarray(layer._get_inverse_freq(d))


def test_ntk_factor_of_diffusers_multiplies_the_base(compare):
    def theirs(d, base, factor):
        return diffusers_freqs(d, base, ntk_factor=factor)

    about = {"theirs": theirs, "arithmetic": "float64", "relative": True, "full": FULL | {"factor": 8.0}}
    compare(
        "NTK-aware",
        "diffusers",
        "get_1d_rotary_pos_embed, ntk_factor",
        ours="scale_ntk(frequencies(d, base=base), factor)[0]",
        within=0.01,
        differs="multiplies the base by the factor itself",
        **about,
    )
    compare(
        "NTK-aware",
        "diffusers",
        "get_1d_rotary_pos_embed, ntk_factor",
        ours="frequencies(d, base=factor * base)",
        convention="the base times the factor",
        within=1e-12,
        small=SMALL | {"factor": 8.0},
        **about,
    )


@pytest.mark.parametrize(
    ("software", "there", "arithmetic", "within", "theirs"),
    [
        (
            "diffusers",
            "get_1d_rotary_pos_embed, linear_factor",
            "float64",
            1e-12,
            lambda d, base, factor: diffusers_freqs(d, base, linear_factor=factor),
        ),
        (
            "keras-hub",
            "RotaryEmbedding, scaling_factor",
            "float32",
            FLOAT32,
            lambda d, base, factor: keras_freqs(
                keras_hub.layers.RotaryEmbedding(max_wavelength=base, scaling_factor=factor), d
            ),
        ),
    ],
)
def test_linear(compare, software, there, arithmetic, within, theirs):
    compare(
        "linear",
        software,
        there,
        theirs=theirs,
        ours="scale_linear(frequencies(d, base=base), factor)[0]",
        convention="every frequency divided",
        arithmetic=arithmetic,
        relative=True,
        within=within,
        full=FULL | {"factor": 4.0},
        small=SMALL | {"factor": 4.0},
    )


def test_dynamic_of_keras_hub_slows_the_fastest_pair_too(compare):
    def theirs(d, base, factor):
        return keras_freqs(
            keras_hub.layers.RotaryEmbedding(max_wavelength=base, rope_type="dynamic", scaling_factor=factor), d
        )

    about = {"theirs": theirs, "arithmetic": "float32", "relative": True, "full": FULL | {"factor": 4.0}}
    compare(
        "NTK-aware",
        "keras-hub",
        "RotaryEmbedding, rope_type='dynamic'",
        ours="scale_ntk(frequencies(d, base=base), factor)[0]",
        within=0.1,
        differs="divides every frequency by factor ** (d / (d - 2))",
        **about,
    )
    compare(
        "NTK-aware",
        "keras-hub",
        "RotaryEmbedding, rope_type='dynamic'",
        ours="scale_linear(frequencies(d, base=base), factor ** (d / (d - 2)))[0]",
        convention="every frequency divided by factor ** (d / (d - 2))",
        within=FLOAT32,
        small=SMALL | {"factor": 4.0},
        **about,
    )


@pytest.mark.parametrize("truncate", [True, False])
def test_yarn_of_keras_hub(compare, truncate):
    def theirs(d, base, factor, length):
        options = {"original_max_position_embeddings": length, "truncate": truncate}
        layer = keras_hub.layers.RotaryEmbedding(base, factor, "yarn", **options)
        cos, _ = layer._compute_cos_sin_embedding(torch.zeros(1, 1, d))  # at position 0 the factor alone is left
        return keras_freqs(layer, d), np.asarray(cos)[0, 0, :1]

    compare(
        "YaRN" if truncate else "YaRN, truncate=False",
        "keras-hub",
        "RotaryEmbedding, rope_type='yarn'",
        theirs=theirs,
        ours=YARN_CALL.format("" if truncate else ", truncate=False"),
        arithmetic="float32",
        relative=True,
        within=FLOAT32,
        full=FULL | YARN,
        small=SMALL | YARN,
    )


@pytest.mark.parametrize(
    ("software", "there", "theirs"),
    [
        (
            "torchtune",
            "Llama3ScaledRoPE",
            lambda d, base, factor, low, high, length: torchtune.Llama3ScaledRoPE(
                d,
                base=base,
                scale_factor=factor,
                low_freq_factor=low,
                high_freq_factor=high,
                old_context_len=length,
            ).theta.numpy(),
        ),
        (
            "keras-hub",
            "LlamaRotaryEmbedding",
            lambda d, base, factor, low, high, length: keras_freqs(
                LlamaRotaryEmbedding(
                    base,
                    frequency_adjustment_factor=factor,
                    low_freq_factor=low,
                    high_freq_factor=high,
                    pretraining_sequence_length=length,
                ),
                d,
            ),
        ),
    ],
)
def test_llama3(compare, software, there, theirs):
    compare(
        "Llama 3",
        software,
        there,
        theirs=theirs,
        ours=LLAMA3_CALL + "[0]",
        convention="turns 1 and 4 in the trained length",
        arithmetic="float32",
        relative=True,
        within=FLOAT32,
        full=FULL | LLAMA3,
        small=SMALL | LLAMA3,
    )


@pytest.mark.parametrize(("what", "length"), [("at the trained length", 4096), ("one beyond", 4097)])
def test_longrope_of_keras_hub(compare, what, length):
    def theirs(d, base, factor, short, long, original, length):
        lengths = {"max_sequence_length": factor * original, "pretraining_sequence_length": original}
        layer = Phi3SuScaledRotaryEmbedding(list(short), list(long), max_wavelength=base, **lengths)
        # The set of divisors goes by the last position; the angle at position 1 is the frequency.
        cos, sin = (np.asarray(table)[0, 1] for table in layer._compute_cos_sin_embedding(torch.zeros(1, length, d)))
        return np.arctan2(sin, cos)[: d // 2], np.hypot(sin, cos)[:1]

    compare(
        f"LongRoPE, {what}",
        "keras-hub",
        "Phi3SuScaledRotaryEmbedding",
        theirs=theirs,
        ours=LONGROPE_CALL,
        arithmetic="float32",
        relative=True,
        within=FLOAT32,
        full=FULL | LONGROPE | {"length": length},
        small=SMALL | cut(LONGROPE) | {"length": length},
    )
