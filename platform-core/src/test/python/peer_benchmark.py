#!/usr/bin/env python3
"""The work of RuntimeBenchmark in PyTorch with transformers (fastest attention), for comparison.

    python peer_benchmark.py RESULT.json THREADS SECONDS NAME=DIRECTORY ...

Started by RuntimeBenchmark itself when -Dbenchmark.python names a Python that has torch and transformers.
"""
import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM, DynamicCache

result, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(threads)
torch.set_grad_enabled(False)


def best(work):
    least, until = float("inf"), time.perf_counter() + seconds
    while True:
        t = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - t)
        if time.perf_counter() >= until:
            return least


def score(model, ids, targets):
    logp = model(ids, use_cache=False).logits.log_softmax(-1)
    return logp.gather(2, targets[:, :, None])[:, :, 0].tolist()


def draw(logits, u):
    p = logits[:, -1].log_softmax(-1).softmax(-1)
    return (p.cumsum(-1) <= u).sum(-1).clamp(max=p.shape[1] - 1)[:, None]


def generate(model, ids, start, length, u, cache):
    """New tokens start..length-1 behind the cached prefix; the cache is cut back afterwards."""
    past = cache
    logits = model(ids[:, start:start + 1], past_key_values=past, use_cache=True).logits
    for i in range(start, length):
        token = draw(logits, u)
        if i + 1 < length:
            logits = model(token, past_key_values=past, use_cache=True).logits
    past.crop(start)
    return token.tolist()


out = {}
a = torch.randn(2048, 2048)
out["roofline"] = 2 * 2048 ** 3 / best(lambda: a @ a)
for pair in sys.argv[4:]:
    name, directory = pair.split("=", 1)
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="sdpa").eval()
    v = model.config.vocab_size
    work = [(b, 8) for b in (1, 8, 32, 128)] if name == "toy" else [(b, 25) for b in (1, 8, 32)] + [(8, 100)]
    for b, n in work:
        g = torch.Generator().manual_seed(3)
        x = torch.randint(0, v, (b, n), generator=g)
        ids = torch.cat([torch.full((b, 1), v - 1), x[:, :-1]], 1)
        u = torch.full((b, 1), 0.5)
        start = n // 2
        if n != 100:
            out["%s score B=%d N=%d" % (name, b, n)] = b * n / best(lambda: score(model, ids, x))
        cache = DynamicCache()
        model(ids[:, :start], past_key_values=cache, use_cache=True)
        out["%s generate B=%d N=%d" % (name, b, n)] = b * (n - start) / best(
            lambda: generate(model, ids, start, n, u, cache))
json.dump(out, open(result, "w"), indent=1)
