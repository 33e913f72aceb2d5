"""How far tables of float32 angles are off at larger and larger positions, and that tables of float64 angles are not."""

import keras_hub
import numpy as np
import pytest
from diffusers.models.embeddings import get_1d_rotary_pos_embed, get_timestep_embedding
from equinox.nn import RotaryPositionalEmbedding
from keras_hub.src.models.stable_diffusion_3.mmdit import TimestepEmbedding
from peer import alone, float32_angles
from positional_encodings.torch_encodings import PositionalEncoding1D
from rotary_embedding_torch import RotaryEmbedding
from transformers import LlamaConfig
from transformers.models.fsmt.modeling_fsmt import SinusoidalPositionalEmbedding
from transformers.models.gptj.modeling_gptj import create_sinusoidal_positions
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding
from x_transformers import x_transformers

import posenc
import torch

torchtune = alone("torchtune.modules.position_embeddings")

#: The last position of each window; the largest is the last of 131072, Llama 3.1's context.
POSITIONS = [127, 2047, 32767, 131071]
WINDOW, D = 64, 128
ALL = POSITIONS[-1] + 1


def pairs(cos, sin):
    """Cosines and sines, one a pair."""
    return np.stack([np.asarray(cos), np.asarray(sin)])


def llama(positions):
    config = LlamaConfig(head_dim=D, rope_parameters={"rope_type": "default", "rope_theta": 10000.0})
    cos, sin = LlamaRotaryEmbedding(config)(torch.zeros(1), torch.as_tensor(positions)[None])
    return pairs(cos[0, :, : D // 2], sin[0, :, : D // 2])


def gptj(positions):
    sin, cos = create_sinusoidal_positions(ALL, D)[positions].chunk(2, -1)
    return pairs(cos, sin)


def lucidrains(positions):
    angles = RotaryEmbedding(D)(torch.as_tensor(positions))[:, ::2].detach()
    return pairs(angles.cos(), angles.sin())


def x_transformers_angles(positions):
    angles = x_transformers.RotaryEmbedding(D)(torch.as_tensor(positions))[0][0, :, ::2]
    return pairs(angles.cos(), angles.sin())


def torchtune_cache(positions):
    return torchtune.RotaryPositionalEmbeddings(D, max_seq_len=ALL).cache[positions].permute(2, 0, 1).numpy()


def equinox(positions):
    cos, sin = RotaryPositionalEmbedding.precompute_freqs_cis(D, ALL, 10000.0, np.float32)
    return pairs(cos[positions], sin[positions])


def keras_rotary(positions):
    layer = keras_hub.layers.RotaryEmbedding()
    cos, sin = layer._compute_cos_sin_embedding(torch.zeros(1, len(positions), D), positions=positions)
    return pairs(cos[0, :, : D // 2], sin[0, :, : D // 2])


def diffusers(dtype):
    def theirs(positions):
        cos, sin = get_1d_rotary_pos_embed(D, torch.as_tensor(positions), use_real=True, freqs_dtype=dtype)
        return pairs(cos[:, ::2], sin[:, ::2])

    return theirs


def interleaved(table):
    return pairs(table[:, 1::2], table[:, ::2])


def halves(table):
    sin, cos = np.split(np.asarray(table), 2, axis=-1)
    return pairs(cos, sin)


def positional_encodings(positions):
    return interleaved(PositionalEncoding1D(D)(torch.zeros(1, ALL, D))[0, positions])


def keras_sine(positions):
    positions = torch.as_tensor(positions, dtype=torch.float32)
    return interleaved(
        keras_hub.layers.SinePositionEncoding()(torch.zeros(1, len(positions), D), positions=positions)[0]
    )


def fairseq(positions):
    return halves(SinusoidalPositionalEmbedding.get_embedding(ALL, D, None)[positions])


def time_steps(positions):
    return halves(get_timestep_embedding(torch.as_tensor(positions), D, downscale_freq_shift=0))


def keras_time_steps(positions):
    """It has the cosines first."""
    return halves(TimestepEmbedding(1, D)._create_timestep_embedding(torch.as_tensor(positions)[:, None]))[::-1]


TABLES = [
    ("transformers", "llama, LlamaRotaryEmbedding", llama),
    ("transformers", "gptj, create_sinusoidal_positions", gptj),
    ("rotary-embedding-torch", "RotaryEmbedding", lucidrains),
    ("x-transformers", "RotaryEmbedding", x_transformers_angles),
    ("torchtune", "RotaryPositionalEmbeddings", torchtune_cache),
    ("equinox", "nn, RotaryPositionalEmbedding", equinox),
    ("keras-hub", "RotaryEmbedding", keras_rotary),
    ("diffusers", "get_1d_rotary_pos_embed", diffusers(torch.float32)),
    ("positional-encodings", "PositionalEncoding1D", positional_encodings),
    ("keras-hub", "SinePositionEncoding", keras_sine),
    ("transformers", "fsmt, SinusoidalPositionalEmbedding", fairseq),
    ("diffusers", "get_timestep_embedding", time_steps),
    ("keras-hub", "stable_diffusion_3 TimestepEmbedding", keras_time_steps),
]


def differences(theirs, freqs=None):
    for last in POSITIONS:
        positions = np.arange(last - WINDOW + 1, last + 1)
        ours = np.stack(posenc.rotary_cos_sin(positions, D, freqs=freqs))
        yield float(np.abs(theirs(positions) - ours).max())


@pytest.mark.parametrize(("software", "there", "theirs"), TABLES)
def test_float32_angles_drift_with_the_position(grows, software, there, theirs):
    freqs = posenc.frequencies(D, spacing="tensor2tensor") if "fsmt" in there else None
    found = list(differences(theirs, freqs))
    grows(software, there, "float32", POSITIONS, found)
    assert all(off <= float32_angles(last + 1) for last, off in zip(POSITIONS, found, strict=True))
    assert found[-1] > 100 * found[0]


def test_float64_angles_do_not(grows):
    found = list(differences(diffusers(torch.float64)))
    grows("diffusers", "get_1d_rotary_pos_embed, freqs_dtype=float64", "float64", POSITIONS, found)
    assert max(found) < 6e-8
