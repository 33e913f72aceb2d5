"""Queries and keys that are turned, and weights that are converted from one layout to the other."""

import equinox
import jax
import keras_hub
import numpy as np
import pytest
from diffusers.models.embeddings import apply_rotary_emb as diffusers_rotary
from diffusers.models.embeddings import get_1d_rotary_pos_embed
from peer import alone, float32_angles, queries, tensor
from rotary_embedding_torch import RotaryEmbedding
from transformers import GPTJConfig, LlamaConfig
from transformers.models.cohere import modeling_cohere as cohere
from transformers.models.deepseek_v3 import modeling_deepseek_v3 as deepseek_v3
from transformers.models.glm import modeling_glm as glm
from transformers.models.gpt_neox import modeling_gpt_neox as gpt_neox
from transformers.models.gptj import modeling_gptj as gptj
from transformers.models.llama import modeling_llama as llama
from transformers.models.llama4 import modeling_llama4 as llama4
from x_transformers import x_transformers

import posenc
import torch

timm_sincos = alone("timm.layers.pos_embed_sincos")
torchtune = alone("torchtune.modules.position_embeddings")
convert_weights = alone("torchtune.models.convert_weights")

CONCEPT = "rotary"
TURN = "apply_rotary(x, cos, sin, layout={!r})"
ROUTE = "apply_rotary(x, *rotary_cos_sin(range(n), {}), layout={!r})"
FULL, SMALL = {"n": 128, "d": 64}, {"n": 3, "d": 8}


def given(r=None, *, n, d, heads=2):
    """Queries, and the cosines and sines of `posenc`, of the first r entries."""
    cos, sin = posenc.rotary_cos_sin(range(n), r or d)
    return {"x": queries(heads, n, d), "cos": cos, "sin": sin}


def stored(r=None, *, n, d):
    """The same, small, as it is stored."""
    return {name: array.tolist() for name, array in given(r, n=n, d=d, heads=1).items()}


def doubled(table, side_by_side):
    """One number a pair, written twice, as other software keeps it."""
    return table.repeat_interleave(2, -1) if side_by_side else torch.cat([table, table], -1)


def on_tensors(turn, dtype=torch.float64):
    """A test's names as tensors, the result as an array."""
    return lambda **names: turn(**{name: tensor(value, dtype) for name, value in names.items()}).numpy()


def double_tables(apply, side_by_side, dtype=torch.float64):
    """A function of transformers that takes a query, a key, and tables that hold every number twice."""

    def turn(x, cos, sin):
        cos, sin = doubled(cos, side_by_side)[None], doubled(sin, side_by_side)[None]
        return apply(x, x, cos, sin)[0]

    return on_tensors(turn, dtype)


def heads_last(x):
    return x.transpose(1, 2)


# The turn alone, given the same cosines and sines, in float64 where the peer's code does not narrow it.
TURNS = [
    ("transformers", "llama, apply_rotary_pos_emb", "halves", None, double_tables(llama.apply_rotary_pos_emb, False)),
    (
        "transformers",
        "gptj, apply_rotary_pos_emb",
        "interleaved",
        None,
        on_tensors(lambda x, cos, sin: heads_last(gptj.apply_rotary_pos_emb(heads_last(x), sin[None], cos[None]))),
    ),
    (
        "transformers",
        "gpt_neox, apply_rotary_pos_emb",
        "halves",
        0.25,
        double_tables(gpt_neox.apply_rotary_pos_emb, False),
    ),
    ("transformers", "glm, apply_rotary_pos_emb", "interleaved", 0.5, double_tables(glm.apply_rotary_pos_emb, False)),
    (
        "timm",
        "apply_rot_embed",
        "interleaved",
        None,
        on_tensors(lambda x, cos, sin: timm_sincos.apply_rot_embed(x, doubled(sin, True), doubled(cos, True))),
    ),
    (
        "timm",
        "apply_rot_embed, half=True",
        "halves",
        None,
        on_tensors(
            lambda x, cos, sin: timm_sincos.apply_rot_embed(x, doubled(sin, False), doubled(cos, False), half=True)
        ),
    ),
]
#: Code that takes everything to float32.
NARROW = [
    (
        "transformers",
        "cohere, apply_rotary_pos_emb",
        "interleaved",
        double_tables(cohere.apply_rotary_pos_emb, True, torch.float32),
    ),
    (
        "transformers",
        "llama4, apply_rotary_emb",
        "interleaved",
        on_tensors(
            lambda x, cos, sin: heads_last(
                llama4.apply_rotary_emb(heads_last(x), heads_last(x), torch.complex(cos, sin)[None])[0]
            ),
            torch.float32,
        ),
    ),
    (
        "diffusers",
        "apply_rotary_emb, use_real_unbind_dim=-1",
        "interleaved",
        on_tensors(
            lambda x, cos, sin: diffusers_rotary(x, (doubled(cos, True), doubled(sin, True))),
            torch.float32,
        ),
    ),
    (
        "diffusers",
        "apply_rotary_emb, use_real_unbind_dim=-2",
        "halves",
        on_tensors(
            lambda x, cos, sin: diffusers_rotary(x, (doubled(cos, False), doubled(sin, False)), use_real_unbind_dim=-2),
            torch.float32,
        ),
    ),
]


@pytest.mark.parametrize(("software", "there", "layout", "share", "theirs"), TURNS)
def test_the_turn_in_float64(compare, software, there, layout, share, theirs):
    part = (lambda d: int(d * share)) if share else (lambda d: d)
    compare(
        "the turn alone",
        software,
        there,
        theirs=theirs,
        ours=TURN.format(layout),
        convention=layout + (f", the first {share:.0%} of a head" if share else ""),
        arithmetic="float64",
        within=2e-15,
        full=given(part(64), **FULL),
        small=stored(part(16), n=3, d=16),  # a quarter of it is two pairs; one pair is the same in both layouts
    )


@pytest.mark.parametrize(("software", "there", "layout", "theirs"), NARROW)
def test_the_turn_of_code_that_goes_to_float32(compare, software, there, layout, theirs):
    compare(
        "the turn alone",
        software,
        there,
        theirs=theirs,
        ours=TURN.format(layout),
        convention=layout,
        arithmetic="float32",
        within=1e-6,
        full=given(**FULL),
        small=stored(**SMALL),
    )


def test_deepseek_takes_pairs_and_gives_halves(compare):
    compare(
        "the turn alone",
        "transformers",
        "deepseek_v3, apply_rotary_pos_emb_interleave",
        theirs=double_tables(deepseek_v3.apply_rotary_pos_emb_interleave, False),
        ours="convert_layout(apply_rotary(x, cos, sin, layout='interleaved'), source='interleaved', target='halves')",
        convention="interleaved in, halves out",
        arithmetic="float64",
        within=2e-15,
        full=given(**FULL),
        small=stored(**SMALL),
    )


def config(kind, d, base, **more):
    return kind(
        hidden_size=2 * d, num_attention_heads=2, rope_parameters={"rope_type": "default", "rope_theta": base}, **more
    )


def llama_route(x, n, d, base):
    tables = llama.LlamaRotaryEmbedding(config(LlamaConfig, d, base))(tensor(x), torch.arange(n)[None])
    return llama.apply_rotary_pos_emb(tensor(x), tensor(x), *tables)[0].numpy()


def gptj_route(x, n, d, r):
    tables = gptj.GPTJRotaryEmbedding(GPTJConfig(rotary_dim=r, n_positions=n))
    sin, cos = tables(tensor(x), torch.arange(n)[None])
    turned = gptj.apply_rotary_pos_emb(heads_last(tensor(x)[..., :r]), sin, cos)
    return torch.cat([heads_last(turned), tensor(x)[..., r:]], -1).numpy()


def lucidrains_route(x, n, d, r):
    return RotaryEmbedding(r).rotate_queries_or_keys(tensor(x)).detach().numpy()


def x_transformers_route(x, n, d, r):
    freqs, scale = x_transformers.RotaryEmbedding(r)(torch.arange(n))
    return x_transformers.apply_rotary_pos_emb(tensor(x), freqs, scale).numpy()


def torchtune_route(x, n, d):
    return heads_last(torchtune.RotaryPositionalEmbeddings(d, max_seq_len=n)(heads_last(tensor(x)))).numpy()


def keras_hub_route(x, n, d):
    return heads_last(keras_hub.layers.RotaryEmbedding()(heads_last(tensor(x)))).numpy()


def diffusers_route(x, n, d):
    """The cosines and sines of float64 angles, as some of its models ask for them."""
    tables = get_1d_rotary_pos_embed(d, torch.arange(n), use_real=True, freqs_dtype=torch.float64)
    return diffusers_rotary(tensor(x), tables).numpy()


@pytest.mark.parametrize(
    ("software", "there", "layout", "own", "columns", "theirs"),
    [
        ("transformers", "llama, LlamaRotaryEmbedding", "halves", {"base": 500000.0}, "d, base=base", llama_route),
        ("transformers", "gptj, GPTJRotaryEmbedding", "interleaved", {"r": 4}, "r", gptj_route),
        ("rotary-embedding-torch", "RotaryEmbedding", "interleaved", {"r": 4}, "r", lucidrains_route),
        ("x-transformers", "RotaryEmbedding", "interleaved", {"r": 4}, "r", x_transformers_route),
        ("torchtune", "RotaryPositionalEmbeddings", "interleaved", {}, "d", torchtune_route),
        ("keras-hub", "RotaryEmbedding", "halves", {}, "d", keras_hub_route),
    ],
)
def test_the_whole_route_in_float32(compare, software, there, layout, own, columns, theirs):
    full_own = {name: 8 * value if name == "r" else value for name, value in own.items()}
    compare(
        "the whole route",
        software,
        there,
        theirs=theirs,
        ours=ROUTE.format(columns, layout),
        convention=layout + (", the first r columns" if "r" in own else ""),
        arithmetic="float32",
        within=4 * float32_angles(128),  # an entry of x is at most 4 or so
        full={"x": queries(2, **FULL), **FULL, **full_own},
        small={"x": queries(1, **SMALL).tolist(), **SMALL, **own},
    )


def test_diffusers_with_float64_angles(compare):
    compare(
        "the whole route",
        "diffusers",
        "get_1d_rotary_pos_embed, freqs_dtype=float64",
        theirs=diffusers_route,
        ours=ROUTE.format("d", "interleaved"),
        convention="interleaved",
        arithmetic="float32",
        within=1e-6,
        full={"x": queries(2, **FULL), **FULL},
        small={"x": queries(1, **SMALL).tolist(), **SMALL},
    )


def equinox_route(x, n, d, theta=10000.0):
    with jax.enable_x64(True):
        turn = equinox.nn.RotaryPositionalEmbedding(d, theta=theta, dtype=np.float64)
        return np.stack([np.stack([np.asarray(turn(head)) for head in batch]) for batch in np.asarray(x)])


def test_equinox(compare):
    """In float64 all the way, which JAX does when it is asked to."""
    compare(
        "the whole route",
        "equinox",
        "nn, RotaryPositionalEmbedding",
        theirs=equinox_route,
        ours=ROUTE.format("d", "halves"),
        convention="halves",
        arithmetic="float64",
        within=1e-12,
        full={"x": queries(2, **FULL), **FULL},
        small={"x": queries(1, **SMALL).tolist(), **SMALL},
    )


def test_equinox_keeps_the_table_of_the_base_it_met_first(compare):
    """Tables are kept by width and type, so the second of two bases in one program is turned by the first one's."""

    def second_base(x, n, d, base):
        equinox_route(x, n, d)
        return equinox_route(x, n, d, theta=base)

    compare(
        "the whole route, second base in one program",
        "equinox",
        "nn, RotaryPositionalEmbedding",
        theirs=second_base,
        ours=ROUTE.format("d, base=base", "halves"),
        arithmetic="float64",
        within=0.1,
        full={"x": queries(2, **FULL), **FULL, "base": 500000.0},
        differs="its table is kept by width and type, and has the base met first",
    )


def test_two_axes_of_timm(compare):
    """Half of the pairs turn by the row, half by the column."""

    def turned(x, h, w, d):
        sin, cos = timm_sincos.RotaryEmbedding(d, in_pixels=False).get_embed([h, w])
        return timm_sincos.apply_rot_embed(tensor(x), sin, cos).numpy()

    def inputs(h, w, d):
        return {"x": queries(1, h * w, d)[0, 0], "h": h, "w": w, "d": d}

    both = "np.concatenate([rotary_cos_sin(axis.ravel(), d // 2) for axis in np.indices((h, w))], axis=-1)"
    small = inputs(2, 3, 8)
    compare(
        "the whole route, two axes",
        "timm",
        "RotaryEmbedding, in_pixels=False",
        theirs=turned,
        ours=f"apply_rotary(x, *{both}, layout='interleaved')",
        convention="interleaved, first half of the pairs by y, second half by x",
        arithmetic="float32",
        within=4 * float32_angles(16),
        full=inputs(12, 16, 64),
        small=small | {"x": small["x"].tolist()},
    )


@pytest.mark.parametrize(
    ("there", "convert", "key", "source", "target"),
    [
        ("hf_to_tune", convert_weights.hf_to_tune, "model.layers.0.self_attn.q_proj.weight", "halves", "interleaved"),
        ("tune_to_hf", convert_weights.tune_to_hf, "layers.0.attn.q_proj.weight", "interleaved", "halves"),
    ],
)
def test_weights_of_llama_in_torchtune(compare, there, convert, key, source, target):
    def converted(weights, n_heads):
        weights = tensor(weights, torch.float64)
        names = {"num_heads": n_heads, "num_kv_heads": n_heads, "dim": weights.shape[1]}
        (result,) = convert({key: weights}, **names, head_dim=len(weights) // n_heads).values()
        return result.numpy()

    compare(
        "weights of queries",
        "torchtune",
        there,
        theirs=converted,
        ours=f"convert_rotary_weights(weights, n_heads, source={source!r}, target={target!r})",
        convention=f"{source} to {target}",
        arithmetic="only moved",
        within=0.0,
        full={"weights": queries(1, 256, 96)[0, 0], "n_heads": 4},
        small={"weights": queries(1, 16, 2)[0, 0].tolist(), "n_heads": 2},
    )


def test_weights_and_layouts_belong_together(compare):
    """What torchtune turns with its converted weights is what halves turn with the weights as they were."""
    weights, states, n_heads, d = queries(1, 128, 32)[0, 0] / 8, queries(1, 128, 32)[0, 0], 2, 64

    def turned(x, cos, sin):
        key = "model.layers.0.self_attn.q_proj.weight"
        names = {"num_heads": n_heads, "num_kv_heads": n_heads, "dim": states.shape[1], "head_dim": d}
        (own,) = convert_weights.hf_to_tune({key: tensor(weights)}, **names).values()
        x = (tensor(states) @ own.T).reshape(1, len(states), n_heads, d)
        return torchtune.RotaryPositionalEmbeddings(d, max_seq_len=len(states))(x)[0].numpy()

    cos, sin = posenc.rotary_cos_sin(range(len(states)), d)
    compare(
        "turned queries of converted weights",
        "torchtune",
        "hf_to_tune, then RotaryPositionalEmbeddings",
        theirs=turned,
        ours="convert_layout(apply_rotary(x, cos, sin, layout='halves'), source='halves', target='interleaved')",
        convention="their weights converted, ours as they were, in layout halves",
        arithmetic="float32",
        within=4 * float32_angles(128),
        full={"x": (states @ weights.T).reshape(-1, n_heads, d), "cos": cos[:, None], "sin": sin[:, None]},
    )
