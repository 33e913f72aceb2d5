"""Time steps of diffusion models, Fourier features and NeRF: positions that are real numbers."""

import numpy as np
from diffusers.models.embeddings import GaussianFourierProjection, get_timestep_embedding
from diffusers.pipelines.shap_e.renderer import posenc_nerf
from keras_hub.src.models.stable_diffusion_3.mmdit import TimestepEmbedding
from peer import alone, float32_angles, tensor
from transformers.models.sam.modeling_sam import SamPositionalEmbedding

import torch

timm_sincos = alone("timm.layers.pos_embed_sincos")
kornia = alone("kornia.nerf.positional_encoder")

STEPS = {"full": {"t": [0.0, 0.25, 1.0, 17.5, 999.0], "d": 64}, "small": {"t": [0.0, 1.0, 17.5], "d": 8}}
T2T = "sinusoidal(t, d, freqs=frequencies(d, spacing='tensor2tensor'), layout='halves')"
COSINE_FIRST = "np.roll(sinusoidal({}), d // 2, axis=-1)"
RNG = np.random.default_rng(0)
CONCEPT = "continuous"


def points(n, axes):
    """Points between -1 and 1 with few binary digits."""
    return (np.round(np.random.default_rng(0).uniform(-1, 1, (n, axes)) * 64) / 64).tolist()


def matrix(m, axes):
    return (np.round(np.random.default_rng(1).normal(size=(m, axes)) * 64) / 64).tolist()


def timesteps(**options):
    return lambda t, d: get_timestep_embedding(tensor(t), d, **options).numpy()


def test_time_steps_of_diffusers(compare):
    about = {"arithmetic": "float32", "within": float32_angles(1000), **STEPS}
    compare(
        "time steps",
        "diffusers",
        "get_timestep_embedding",
        theirs=timesteps(),
        ours=T2T,
        convention="halves, tensor2tensor's frequencies (DDPM)",
        **about,
    )
    compare(
        "time steps",
        "diffusers",
        "get_timestep_embedding, flip_sin_to_cos=True, downscale_freq_shift=0",
        theirs=timesteps(flip_sin_to_cos=True, downscale_freq_shift=0),
        ours=COSINE_FIRST.format("t, d, layout='halves'"),
        convention="cosines, then sines, the paper's frequencies (its U-Nets)",
        **about,
    )
    compare(
        "time steps",
        "diffusers",
        "get_timestep_embedding, scale=0.5, max_period=100, downscale_freq_shift=0",
        theirs=timesteps(scale=0.5, max_period=100, downscale_freq_shift=0),
        ours="sinusoidal(0.5 * t, d, base=100, layout='halves')",
        convention="scale times t, max_period is the base",
        **about,
    )


def test_time_steps_of_keras_hub(compare):
    compare(
        "time steps",
        "keras-hub",
        "stable_diffusion_3 TimestepEmbedding",
        theirs=lambda t, d: np.asarray(TimestepEmbedding(1, d)._create_timestep_embedding(tensor(t)[:, None])),
        ours=COSINE_FIRST.format("t, d, layout='halves'"),
        convention="cosines, then sines, the paper's frequencies",
        arithmetic="float32",
        within=float32_angles(1000),
        **STEPS,
    )


FEATURES = {"full": {"t": points(50, 1), "B": matrix(16, 1)}, "small": {"t": points(3, 1), "B": matrix(4, 1)}}


def gaussian(flip):
    def theirs(t, B):  # noqa: N803 - the paper's letter
        projection = GaussianFourierProjection(len(B), set_W_to_weight=False, log=False, flip_sin_to_cos=flip)
        projection.weight.data = tensor(B)[:, 0]
        return projection(tensor(t)[:, 0]).numpy()

    return theirs


def test_fourier_features(compare):
    about = {"arithmetic": "float32", "within": 1e-5}
    compare(
        "Fourier features",
        "diffusers",
        "GaussianFourierProjection, flip_sin_to_cos=True, log=False",
        theirs=gaussian(True),
        ours="fourier_features(t, B)",
        convention="cosines, then sines of 2 pi B t",
        **about,
        **FEATURES,
    )
    compare(
        "Fourier features",
        "diffusers",
        "GaussianFourierProjection, log=False",
        theirs=gaussian(False),
        ours="np.roll(fourier_features(t, B), len(B), axis=-1)",
        convention="sines, then cosines of 2 pi B t",
        **about,
        **FEATURES,
    )

    def sam(x, B):  # noqa: N803
        module = SamPositionalEmbedding(type("Config", (), {"scale": 1.0, "num_pos_feats": len(B)}))
        module.positional_embedding.data = tensor(B).T
        return module(tensor(x)).detach().numpy()

    compare(
        "Fourier features",
        "transformers",
        "SamPositionalEmbedding",
        theirs=sam,
        ours="np.roll(fourier_features(2 * x - 1, B), len(B), axis=-1)",
        convention="sines, then cosines; coordinates from 0 to 1 become -1 to 1",
        full={"x": points(50, 2), "B": matrix(16, 2)},
        small={"x": points(3, 2), "B": matrix(4, 2)},
        **about,
    )


NERF = {"full": {"x": points(50, 3), "L": 10}, "small": {"x": points(2, 3), "L": 3}}
#: Their columns, for each frequency, are those of all coordinates side by side: [wave, frequency, coordinate].
OURS = "nerf_features(x / np.pi, L).reshape(len(x), 3, L, 2).transpose(0, {}).reshape(len(x), -1)"


def test_nerf_without_pi(compare):
    compare(
        "NeRF",
        "diffusers",
        "shap_e posenc_nerf",
        theirs=lambda x, L: posenc_nerf(tensor(x, torch.float64), 0, L).numpy(),  # noqa: N803
        ours=f"np.hstack([x, {OURS.format('3, 2, 1')}])",
        convention="no pi, coordinates in front, all sines before all cosines",
        arithmetic="float64",
        within=1e-12,
        **NERF,
    )
    compare(
        "NeRF",
        "kornia",
        "nerf PositionalEncoder, log_space=True",
        theirs=lambda x, L: kornia.PositionalEncoder(3, L, log_space=True)(tensor(x, torch.float64)).numpy(),  # noqa: N803
        ours=f"np.hstack([x, {OURS.format('2, 3, 1')}])",
        convention="no pi, coordinates in front, sines and cosines of each frequency (the authors' code)",
        arithmetic="float64",
        within=1e-12,
        **NERF,
    )


def test_nerf_with_pi_in_timm(compare):
    """Its doubling bands on pixels from -1 to 1 are the paper's formula if `max_res` is 2 ** L."""

    def theirs(h, w, L):  # noqa: N803
        waves = timm_sincos.build_fourier_pos_embed([h, w], num_bands=L, max_res=2**L)
        return torch.stack(waves, dim=-1).numpy()

    pixels = "np.stack(np.meshgrid(np.linspace(-1, 1, h), np.linspace(-1, 1, w), indexing='ij'), axis=-1)"
    compare(
        "NeRF",
        "timm",
        "build_fourier_pos_embed, max_res=2**L",
        theirs=theirs,
        ours=f"nerf_features({pixels}, L).reshape(h, w, 2, L, 2)",
        convention="the paper's formula, with pi",
        arithmetic="float32",
        within=float32_angles(2**9 * np.pi),
        full={"h": 12, "w": 16, "L": 10},
        small={"h": 2, "w": 3, "L": 3},
    )
