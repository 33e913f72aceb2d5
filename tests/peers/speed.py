"""How long it takes to turn queries of 8 heads, 4096 positions and 128 entries, in copies of the same array.

Every program turns the same float32 numbers on one core, given tables it has made before where it keeps tables, and
gives a new array. One round runs all of them after each other, and the processor time of each is divided by that of
NumPy's copy in the same round. What is printed is the median over the rounds: a measurement of one machine, which
nothing asserts.
"""

import os
import sys
import time

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "KERAS_BACKEND": "torch"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import equinox
import jax
import keras_hub
import numpy as np
from diffusers.models.embeddings import apply_rotary_emb as diffusers_rotary
from peer import alone
from rotary_embedding_torch import RotaryEmbedding
from transformers.models.cohere import modeling_cohere as cohere
from transformers.models.gptj import modeling_gptj as gptj
from transformers.models.llama import modeling_llama as llama
from transformers.models.llama4 import modeling_llama4 as llama4
from x_transformers import x_transformers

import posenc
import torch

timm_sincos = alone("timm.layers.pos_embed_sincos")
torchtune = alone("torchtune.modules.position_embeddings")

HEADS, N, D = 8, 4096, 128
X = np.random.default_rng(0).standard_normal((HEADS, N, D)).astype(np.float32)
COS, SIN = posenc.rotary_cos_sin(range(N), D, dtype=np.float32)


def programs():
    """Name, layout and a function of no arguments that turns all queries."""
    x = torch.from_numpy(X)[None]  # batch, heads, positions, entries
    by_position = x.transpose(1, 2).contiguous()  # batch, positions, heads, entries
    queries, keys = x.chunk(2, dim=1)  # for functions that turn both at once: half of the heads are called keys
    cos, sin = torch.from_numpy(COS), torch.from_numpy(SIN)
    halves = [torch.cat([table, table], -1) for table in (cos, sin)]
    beside = [table.repeat_interleave(2, -1) for table in (cos, sin)]
    for layout in ("interleaved", "halves"):
        yield "posenc, NumPy", layout, lambda layout=layout: posenc.apply_rotary(X, COS, SIN, layout=layout)
        yield "posenc, PyTorch", layout, lambda layout=layout: posenc.apply_rotary(x, cos, sin, layout=layout)
    one, other = (table[None] for table in halves)
    yield "transformers llama", "halves", lambda: llama.apply_rotary_pos_emb(queries, keys, one, other)
    side, by_side = (table[None] for table in beside)
    yield "transformers cohere", "interleaved", lambda: cohere.apply_rotary_pos_emb(queries, keys, side, by_side)
    yield "transformers gptj", "interleaved", lambda: gptj.apply_rotary_pos_emb(by_position, sin[None], cos[None])
    turns = torch.complex(cos, sin)[None]
    both = by_position.chunk(2, dim=2)
    yield "transformers llama4", "interleaved", lambda: llama4.apply_rotary_emb(*both, turns)
    yield "timm", "interleaved", lambda: timm_sincos.apply_rot_embed(x, beside[1], beside[0])
    yield "timm", "halves", lambda: timm_sincos.apply_rot_embed(x, halves[1], halves[0], half=True)
    yield "diffusers", "interleaved", lambda: diffusers_rotary(x, beside)
    yield "diffusers", "halves", lambda: diffusers_rotary(x, halves, use_real_unbind_dim=-2)
    tune = torchtune.RotaryPositionalEmbeddings(D, max_seq_len=N)
    yield "torchtune", "interleaved", lambda: tune(by_position)
    lucidrains = RotaryEmbedding(D)
    yield "rotary-embedding-torch *", "interleaved", lambda: lucidrains.rotate_queries_or_keys(x)
    angles, _ = x_transformers.RotaryEmbedding(D)(torch.arange(N))
    yield "x-transformers *", "interleaved", lambda: x_transformers.apply_rotary_pos_emb(x, angles)
    keras = keras_hub.layers.RotaryEmbedding()
    yield "keras-hub on PyTorch *", "halves", lambda: keras(by_position)
    jax_x = jax.device_put(X)
    turn = jax.vmap(equinox.nn.RotaryPositionalEmbedding(D))
    compiled = jax.jit(turn)
    yield "equinox", "halves", lambda: turn(jax_x).block_until_ready()
    yield "equinox, compiled", "halves", lambda: compiled(jax_x).block_until_ready()


def main(rounds):
    torch.set_num_threads(1)
    functions = {("a copy, NumPy", ""): X.copy} | {(name, layout): turn for name, layout, turn in programs()}
    times = {name: [] for name in functions}
    with torch.inference_mode():
        for _ in range(rounds + 2):
            for name, function in functions.items():
                start = time.process_time()
                function()
                times[name].append(time.process_time() - start)
    table = np.array(list(times.values()))[:, 2:]  # two rounds warm up
    ratios = np.median(table / table[0], axis=1)
    print(f"Turning {HEADS} x {N} x {D} float32 numbers on one core, in copies of them; median of {rounds} rounds:")
    for place in np.argsort(ratios):
        name, layout = list(functions)[place]
        print(f"  {name:28}{layout:14}{ratios[place]:6.1f}")
    print("* computes the cosines and sines anew at every call")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
