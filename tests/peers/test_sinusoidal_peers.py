"""Tables of sines and cosines for positions in a row."""

import keras_hub
import pytest
from peer import float32_angles
from positional_encodings.torch_encodings import PositionalEncoding1D
from transformers.models.fsmt.modeling_fsmt import SinusoidalPositionalEmbedding
from transformers.models.m2m_100.modeling_m2m_100 import M2M100SinusoidalPositionalEmbedding
from transformers.models.marian.modeling_marian import MarianSinusoidalPositionalEmbedding
from transformers.models.pegasus.modeling_pegasus import PegasusSinusoidalPositionalEmbedding
from transformers.models.roformer.modeling_roformer import RoFormerSinusoidalPositionalEmbedding
from transformers.models.whisper.modeling_whisper import sinusoids
from x_transformers.x_transformers import ScaledSinusoidalEmbedding

import torch

CONCEPT = "sinusoidal"
FULL, SMALL = {"n": 512, "d": 64}, {"n": 3, "d": 8}
ODD, SMALL_ODD = {"n": 512, "d": 63}, {"n": 3, "d": 7}
T2T = "sinusoidal(range(n), d, freqs=frequencies(d, spacing='tensor2tensor'), layout='halves')"


def positional_encodings(n, d):
    return PositionalEncoding1D(d)(torch.zeros(1, n, d))[0].numpy()


def keras_hub_table(n, d):
    return keras_hub.layers.SinePositionEncoding()(torch.zeros(1, n, d))[0].numpy()


def fairseq(n, d):
    return SinusoidalPositionalEmbedding.get_embedding(n, d, None).numpy()


@pytest.mark.parametrize(
    ("kind", "what", "full", "small"),
    [
        (MarianSinusoidalPositionalEmbedding, "table", FULL, SMALL),
        (MarianSinusoidalPositionalEmbedding, "table, odd d", ODD, SMALL_ODD),
        (PegasusSinusoidalPositionalEmbedding, "table", FULL, SMALL),
        (RoFormerSinusoidalPositionalEmbedding, "table", FULL, SMALL),
    ],
)
def test_marian_and_its_copies(compare, kind, what, full, small):
    """Their angles are float64, and only the result is float32."""
    compare(
        what,
        "transformers",
        kind.__name__,
        theirs=lambda n, d: kind(n, d).create_weight().numpy(),
        ours="sinusoidal(range(n), d, layout='halves')",
        convention="halves, the paper's frequencies",
        arithmetic="float32",
        within=6e-8,
        full=full,
        small=small,
    )


@pytest.mark.parametrize(
    ("there", "theirs"),
    [
        ("fsmt, SinusoidalPositionalEmbedding", fairseq),
        (
            "m2m_100, M2M100SinusoidalPositionalEmbedding",
            lambda n, d: M2M100SinusoidalPositionalEmbedding.get_embedding(n, d).numpy(),
        ),
        ("whisper, sinusoids", lambda n, d: sinusoids(n, d).numpy()),
    ],
)
def test_the_grid_of_tensor2tensor_and_fairseq(compare, there, theirs):
    compare(
        "table",
        "transformers",
        there,
        theirs=theirs,
        ours=T2T,
        convention="halves, tensor2tensor's frequencies",
        arithmetic="float32",
        within=float32_angles(512),
        full=FULL,
        small=SMALL,
    )


@pytest.mark.parametrize(
    ("software", "there", "theirs"),
    [
        ("positional-encodings", "PositionalEncoding1D", positional_encodings),
        ("keras-hub", "SinePositionEncoding", keras_hub_table),
    ],
)
def test_interleaved(compare, software, there, theirs):
    compare(
        "table",
        software,
        there,
        theirs=theirs,
        ours="sinusoidal(range(n), d)",
        convention="interleaved, the paper's frequencies",
        arithmetic="float32",
        within=float32_angles(512),
        full=FULL,
        small=SMALL,
    )


def test_x_transformers_scales_its_table(compare):
    compare(
        "table",
        "x-transformers",
        "ScaledSinusoidalEmbedding",
        theirs=lambda n, d: ScaledSinusoidalEmbedding(d)(torch.zeros(1, n, d)).detach().numpy(),
        ours="sinusoidal(range(n), d, layout='halves') / np.sqrt(d)",
        convention="halves, the paper's frequencies, all divided by the root of d",
        arithmetic="float32",
        within=float32_angles(512),
        full=FULL,
        small=SMALL,
    )


def test_odd_width_keras_hub(compare):
    compare(
        "table, odd d",
        "keras-hub",
        "SinePositionEncoding",
        theirs=keras_hub_table,
        ours="sinusoidal(range(n), d)",
        convention="interleaved, the last cosine dropped",
        arithmetic="float32",
        within=float32_angles(512),
        full=ODD,
        small=SMALL_ODD,
    )


def test_odd_width_positional_encodings(compare):
    """It cuts the table of the next even width."""
    compare(
        "table, odd d",
        "positional-encodings",
        "PositionalEncoding1D",
        theirs=positional_encodings,
        ours="sinusoidal(range(n), d)",
        arithmetic="float32",
        within=0.1,
        full=ODD,
        differs="has the frequencies of d + 1",
    )
    compare(
        "table, odd d",
        "positional-encodings",
        "PositionalEncoding1D",
        theirs=positional_encodings,
        ours="sinusoidal(range(n), d + 1)[:, :d]",
        convention="interleaved, cut from the table of d + 1",
        arithmetic="float32",
        within=float32_angles(512),
        full=ODD,
        small=SMALL_ODD,
    )


def test_odd_width_fairseq(compare):
    """It adds a column of zeros to the table of the even width below."""
    compare(
        "table, odd d",
        "transformers",
        "fsmt, SinusoidalPositionalEmbedding",
        theirs=fairseq,
        ours=T2T,
        arithmetic="float32",
        within=0.1,
        full=ODD,
        differs="the table of d - 1 and a column of zeros",
    )
    even = T2T.replace("(range(n), d,", "(range(n), d - 1,").replace("frequencies(d,", "frequencies(d - 1,")
    compare(
        "table, odd d",
        "transformers",
        "fsmt, SinusoidalPositionalEmbedding",
        theirs=fairseq,
        ours=f"np.pad({even}, [(0, 0), (0, 1)])",
        convention="halves, tensor2tensor's frequencies, a column of zeros",
        arithmetic="float32",
        within=float32_angles(512),
        full=ODD,
        small=SMALL_ODD,
    )
