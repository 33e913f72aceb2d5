"""Tables for images and volumes. They differ in the order of their columns."""

from diffusers.models.embeddings import get_2d_sincos_pos_embed
from peer import alone, float32_angles
from positional_encodings.torch_encodings import PositionalEncoding2D, PositionalEncoding3D
from transformers import ViTMAEConfig
from transformers.models.detr.modeling_detr import DetrSinePositionEmbedding
from transformers.models.vit_mae import modeling_vit_mae as vit_mae

import torch

timm_sincos = alone("timm.layers.pos_embed_sincos")

CONCEPT = "grid"
FULL, SMALL = {"h": 12, "w": 16, "d": 64}, {"h": 2, "w": 3, "d": 8}
POINTS = "np.stack(np.indices((h, w)), axis=-1)"
FLAT = ".reshape(h * w, d)"


def test_positional_encodings(compare):
    compare(
        "image",
        "positional-encodings",
        "PositionalEncoding2D",
        theirs=lambda h, w, d: PositionalEncoding2D(d)(torch.zeros(1, h, w, d))[0].numpy(),
        ours="sinusoidal_grid((h, w), d)",
        convention="first axis first, interleaved",
        arithmetic="float32",
        within=float32_angles(16),
        full=FULL,
        small=SMALL,
    )
    compare(
        "volume",
        "positional-encodings",
        "PositionalEncoding3D",
        theirs=lambda h, w, t, d: PositionalEncoding3D(d)(torch.zeros(1, h, w, t, d))[0].numpy(),
        ours="sinusoidal_grid((h, w, t), d)",
        convention="axes in their order, interleaved",
        arithmetic="float32",
        within=float32_angles(16),
        full=FULL | {"t": 5, "d": 96},
        small=SMALL | {"t": 2, "d": 12},
    )


def test_timm(compare):
    compare(
        "image",
        "timm",
        "build_sincos2d_pos_embed",
        theirs=lambda h, w, d: timm_sincos.build_sincos2d_pos_embed([h, w], d).numpy(),
        ours=f"convert_layout(sinusoidal_grid((h, w), d), source='interleaved', target='halves'){FLAT}",
        convention="sin y, sin x, cos y, cos x",
        arithmetic="float32",
        within=float32_angles(16),
        full=FULL,
        small=SMALL,
    )
    compare(
        "image",
        "timm",
        "build_sincos2d_pos_embed, interleave_sin_cos=True",
        theirs=lambda h, w, d: timm_sincos.build_sincos2d_pos_embed([h, w], d, interleave_sin_cos=True).numpy(),
        ours=f"sinusoidal_grid((h, w), d, layout='halves'){FLAT}",
        convention="sin y, cos y, sin x, cos x",
        arithmetic="float32",
        within=float32_angles(16),
        full=FULL,
        small=SMALL,
    )


def test_the_function_of_transformers(compare):
    """It is in the file of ViT-MAE, whose table has another order; see the next test."""
    compare(
        "image",
        "transformers",
        "vit_mae, build_2d_sinusoidal_position_embedding",
        theirs=lambda h, w, d: vit_mae.build_2d_sinusoidal_position_embedding(h, w, d, dtype=torch.float64).numpy(),
        ours=f"sinusoidal_grid((h, w), d, layout='halves'){FLAT}",
        convention="sin y, cos y, sin x, cos x",
        arithmetic="float64",
        within=1e-14,
        full=FULL,
        small=SMALL,
    )


def test_the_table_of_vit_mae(compare):
    """The table with which the model starts, without the row for its class token."""

    def theirs(h, w, d):
        config = ViTMAEConfig(hidden_size=d, image_size=16 * h, patch_size=16, num_attention_heads=1)
        embeddings = vit_mae.ViTMAEEmbeddings(config)
        embeddings.initialize_weights()
        return embeddings.position_embeddings[0, 1:].detach().numpy()

    compare(
        "image",
        "transformers",
        "ViTMAEEmbeddings",
        theirs=theirs,
        ours=f"sinusoidal_grid({POINTS}[..., ::-1], d, layout='halves'){FLAT}",
        convention="sin x, cos x, sin y, cos y",
        arithmetic="float32",
        within=6e-8,
        full=FULL | {"w": 12},
        small=SMALL | {"w": 2},
    )


def test_diffusers_scales_to_a_base_size(compare):
    compare(
        "image",
        "diffusers",
        "get_2d_sincos_pos_embed",
        theirs=lambda h, w, d, size: get_2d_sincos_pos_embed(d, (h, w), base_size=size).numpy(),
        ours=f"sinusoidal_grid({POINTS}[..., ::-1] * size / (w, h), d, layout='halves'){FLAT}",
        convention="sin x, cos x, sin y, cos y; each axis scaled to base_size",
        arithmetic="float64",
        within=1e-13,
        full=FULL | {"size": 24},
        small=SMALL | {"size": 6},
    )


def test_detr(compare):
    def theirs(h, w, d, normalize=False):
        table = DetrSinePositionEmbedding(d // 2, normalize=normalize)(torch.Size([1, 3, h, w]), "cpu", torch.float64)
        return table[0].permute(1, 2, 0).numpy()

    compare(
        "image",
        "transformers",
        "DetrSinePositionEmbedding",
        theirs=theirs,
        ours=f"sinusoidal_grid({POINTS} + 1, d)",
        convention="y first, interleaved, counted from 1",
        arithmetic="float64",
        within=1e-13,
        full=FULL,
        small=SMALL,
    )
    compare(
        "image",
        "transformers",
        "DetrSinePositionEmbedding, normalize=True",
        theirs=lambda h, w, d: theirs(h, w, d, normalize=True),
        ours=f"sinusoidal_grid(2 * np.pi * ({POINTS} + 1) / (np.array((h, w)) + 1e-6), d)",
        convention="y first, interleaved, each axis scaled to a turn",
        arithmetic="float64",
        within=1e-13,
        full=FULL,
        small=SMALL,
    )
