#!/usr/bin/env python3
"""Makes the tiny reference models of src/test/resources/architectures.

    python3 -m venv venv && venv/bin/pip install torch transformers
    venv/bin/python make_references.py ../resources

Each directory is a Hugging Face model with random weights (matrices N(0, 0.3), biases N(0, 0.2), norm
weights 1 + N(0, 0.2), so that a forgotten one shows) and expected.json: log-probabilities, ranks and
top-10 lists computed by transformers in float64 from the weights as stored. Not needed by the build:
its output is in the repository.
"""
import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import load_file, save_file
from transformers import (
    BertConfig, BertForMaskedLM, DistilBertConfig, DistilBertForMaskedLM, GemmaConfig,
    GemmaForCausalLM, GPT2Config, GPT2LMHeadModel, GPTNeoXConfig, GPTNeoXForCausalLM, LlamaConfig,
    LlamaForCausalLM, MistralConfig, MistralForCausalLM, Qwen2Config, Qwen2ForCausalLM)

OUT = pathlib.Path(sys.argv[1]).resolve()
V = 512
BYTES = OUT / "reference" / "gpt2"
WORDS = OUT / "reference" / "bert"


def randomise(model, seed):
    g = torch.Generator().manual_seed(seed)
    for name, p in model.named_parameters():
        x = torch.randn(p.shape, generator=g)
        norm = "norm" in name.lower() or ".ln_" in name
        if name.endswith("bias"):
            x = 0.2 * x
        elif norm:
            x = 0.2 * x + (0 if "Gemma" in type(model).__name__ else 1)
        else:
            x = 0.3 * x
        p.data.copy_(x)
    model.tie_weights()


def texts(masked):
    g = torch.Generator().manual_seed(5)
    lengths = [1, 9, 40] if not masked else [1, 7, 14]
    return [torch.randint(5, V - 1, (n,), generator=g).tolist() for n in lengths]


def score(logits, ids):
    logp = logits.log_softmax(-1)
    own = logits.gather(1, torch.tensor(ids)[:, None])
    others = (logits - own).abs()
    others.scatter_(1, torch.tensor(ids)[:, None], float("inf"))
    top = logp.exp().topk(10, -1)
    r = lambda t: [float("%.10g" % v) for v in t.tolist()]
    return {
        "logprob_f64": r(logp.gather(1, torch.tensor(ids)[:, None])[:, 0]),
        "rank_f64": (logits > own).sum(1).tolist(),
        "rank_margin_f64": [float("%.4g" % v) for v in others.min(1).values.tolist()],
        "top10_ids": top.indices.tolist(),
        "top10_probs": [[float("%.8g" % v) for v in row] for row in top.values.tolist()],
    }


@torch.no_grad()
def expect(model, kind, bos):
    out = []
    for n, ids in enumerate(texts(kind == "masked")):
        if kind == "causal":
            logits = model(torch.tensor([[bos] + ids])).logits[0, :-1]
        else:
            cls, sep, mask = 2, 3, 4
            rows = []
            for i in range(len(ids)):
                x = [cls] + ids + [sep]
                x[i + 1] = mask
                rows.append(model(torch.tensor([x])).logits[0, i + 1])
            logits = torch.stack(rows)
        out.append({"name": "random%d" % n, "ids": ids, **score(logits.double(), ids)})
    return out


def make(name, model, kind="causal", tokenizer=BYTES, edit=None, store=torch.float32, shards=0,
         config=None, seed=1, bos=511):
    d = OUT / "architectures" / name
    shutil.rmtree(d, ignore_errors=True)
    randomise(model, seed)
    model.eval().config._attn_implementation = "eager"
    model.save_pretrained(d, safe_serialization=True)
    tensors = {k: v.to(store) if v.is_floating_point() else v for k, v in load_file(d / "model.safetensors").items()}
    save_file({k: v.contiguous() for k, v in tensors.items()}, d / "model.safetensors", {"format": "pt"})
    if edit:
        tensors = edit(tensors)
    (d / "model.safetensors").unlink()
    if shards:
        names = sorted(tensors)
        index = {}
        for s in range(shards):
            file = "model-%05d-of-%05d.safetensors" % (s + 1, shards)
            part = {k: tensors[k].contiguous() for k in names[s::shards]}
            save_file(part, d / file, {"format": "pt"})
            index.update({k: file for k in part})
        (d / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": index}, indent=1))
    else:
        save_file({k: v.contiguous() for k, v in tensors.items()}, d / "model.safetensors", {"format": "pt"})
    c = json.loads((d / "config.json").read_text())
    if config:
        config(c)
        (d / "config.json").write_text(json.dumps(c, indent=1))
    shutil.copy(tokenizer / "tokenizer.json", d / "tokenizer.json")
    (d / "generation_config.json").unlink(missing_ok=True)
    precise = type(model).from_pretrained(d, dtype=torch.float64, attn_implementation="eager").eval()
    expected = {"kind": kind, "texts": expect(precise, kind, bos)}
    (d / "expected.json").write_text(json.dumps(expected, separators=(",", ":")))
    print(name, sum(f.stat().st_size for f in d.iterdir()))


def old_gpt2(t):
    """As published in 2019: no prefix, mask buffers."""
    t = {k.removeprefix("transformer."): v for k, v in t.items()}
    for i in range(2):
        t["h.%d.attn.bias" % i] = torch.ones(1, 1, 64, 64).tril().to(torch.uint8)
        t["h.%d.attn.masked_bias" % i] = torch.tensor(-1e4)
    return t


def other(name, like):
    """A second tensor where config.json says that there is one: what is stored counts."""
    def add(t):
        g = torch.Generator().manual_seed(9)
        return {**t, name: 0.3 * torch.randn(t[like].shape, generator=g)}
    return add


def gamma_beta(t):
    """As published in 2018: norm weights named gamma and beta, decoder not stored."""
    t = {k.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): v
         for k, v in t.items()}
    t["bert.embeddings.position_ids"] = torch.arange(64)[None]
    return t


def legacy_rope(theta, scaling):
    def change(c):
        c.pop("rope_parameters", None)
        c["rope_theta"] = theta
        c["rope_scaling"] = scaling
        c["torch_dtype"] = c.pop("dtype", "float32")
    return change


def gpt2(**kw):
    base = dict(vocab_size=V, n_positions=64, n_embd=24, n_layer=2, n_head=3, bos_token_id=511, eos_token_id=511)
    return GPT2LMHeadModel(GPT2Config(**{**base, **kw}))


def llama_kw(**kw):
    base = dict(vocab_size=V, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
                num_key_value_heads=2, max_position_embeddings=128, bos_token_id=511, eos_token_id=511)
    return {**base, **kw}


make("gpt2-untied-erf", gpt2(activation_function="gelu", tie_word_embeddings=False, n_inner=50,
                             scale_attn_by_inverse_layer_idx=True))
make("gpt2-published-2019", gpt2(), edit=old_gpt2)
make("gpt2-tied-apart", gpt2(n_embd=12, n_head=2, n_layer=1), edit=other("lm_head.weight", "transformer.wte.weight"))
make("gpt2-half", gpt2(scale_attn_weights=False), store=torch.float16)
for act in ["relu", "silu", "swish", "tanh", "quick_gelu", "gelu_pytorch_tanh", "gelu_fast", "sigmoid",
            "leaky_relu", "relu2", "relu6", "mish", "linear"]:
    make("gpt2-" + act, gpt2(activation_function=act, n_embd=12, n_head=2, n_layer=1))
make("llama2", LlamaForCausalLM(LlamaConfig(**llama_kw(tie_word_embeddings=False, num_key_value_heads=4))),
     config=legacy_rope(10000.0, None))
make("llama3-scaled", LlamaForCausalLM(LlamaConfig(**llama_kw(
    tie_word_embeddings=True, attention_bias=True, mlp_bias=True, head_dim=12, rms_norm_eps=1e-5,
    rope_parameters={"rope_type": "llama3", "rope_theta": 500.0, "factor": 8.0, "low_freq_factor": 1.0,
                     "high_freq_factor": 4.0, "original_max_position_embeddings": 32}))),
     store=torch.bfloat16, shards=3)
make("llama3-legacy", LlamaForCausalLM(LlamaConfig(**llama_kw(
    tie_word_embeddings=True,
    rope_parameters={"rope_type": "llama3", "rope_theta": 500.0, "factor": 8.0, "low_freq_factor": 1.0,
                     "high_freq_factor": 4.0, "original_max_position_embeddings": 32}))),
     config=legacy_rope(500.0, {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
                                "high_freq_factor": 4.0, "original_max_position_embeddings": 32}))
make("llama-linear", LlamaForCausalLM(LlamaConfig(**llama_kw(
    rope_parameters={"rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0}))),
     config=legacy_rope(10000.0, {"type": "linear", "factor": 4.0}))
make("llama-dynamic", LlamaForCausalLM(LlamaConfig(**llama_kw(
    rope_parameters={"rope_type": "dynamic", "rope_theta": 10000.0, "factor": 2.0}))))
make("llama-dynamic-long", LlamaForCausalLM(LlamaConfig(**llama_kw(
    hidden_size=16, intermediate_size=24, num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=20,
    rope_parameters={"rope_type": "dynamic", "rope_theta": 10000.0, "factor": 4.0}))))
make("mistral-window", MistralForCausalLM(MistralConfig(**llama_kw(sliding_window=8, head_dim=16))))
make("mistral-nowindow", MistralForCausalLM(MistralConfig(**llama_kw(sliding_window=None, tie_word_embeddings=True))),
     config=legacy_rope(10000.0, None))
make("mistral-narrow", MistralForCausalLM(MistralConfig(**llama_kw(
    hidden_size=16, intermediate_size=24, num_attention_heads=2, num_key_value_heads=2, sliding_window=3,
    tie_word_embeddings=True))))
make("qwen2", Qwen2ForCausalLM(Qwen2Config(**llama_kw(tie_word_embeddings=True, sliding_window=8,
                                                      use_sliding_window=False))))
make("qwen2-window", Qwen2ForCausalLM(Qwen2Config(**llama_kw(tie_word_embeddings=False, sliding_window=8,
                                                             use_sliding_window=True, max_window_layers=1))))
neox = dict(vocab_size=V, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48,
            max_position_embeddings=64, bos_token_id=511, eos_token_id=511)
make("gpt-neox", GPTNeoXForCausalLM(GPTNeoXConfig(**neox)))
make("gpt-neox-sequential", GPTNeoXForCausalLM(GPTNeoXConfig(
    **neox, use_parallel_residual=False, attention_bias=False, hidden_act="gelu_new", tie_word_embeddings=True,
    rope_parameters={"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": 1.0})))
def neox_legacy(c):
    p = c.pop("rope_parameters")
    c["rotary_pct"] = p["partial_rotary_factor"]
    c["rotary_emb_base"] = p["rope_theta"]
make("gpt-neox-legacy", GPTNeoXForCausalLM(GPTNeoXConfig(
    **neox, rope_parameters={"rope_type": "default", "rope_theta": 500.0, "partial_rotary_factor": 0.5})),
     config=neox_legacy)
make("gpt-neox-odd", GPTNeoXForCausalLM(GPTNeoXConfig(**{**neox, "hidden_size": 40, "num_attention_heads": 2})))
make("gemma", GemmaForCausalLM(GemmaConfig(**llama_kw(head_dim=16, num_key_value_heads=1))))
bert = dict(vocab_size=V, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
            max_position_embeddings=64)
make("bert-untied-relu", BertForMaskedLM(BertConfig(**bert, hidden_act="relu", tie_word_embeddings=False)),
     "masked", WORDS)
make("bert-published-2018", BertForMaskedLM(BertConfig(**bert, hidden_act="gelu_new")), "masked", WORDS, edit=gamma_beta)
make("bert-two-biases", BertForMaskedLM(BertConfig(**{**bert, "hidden_size": 12, "num_hidden_layers": 1})), "masked", WORDS,
     edit=other("cls.predictions.decoder.bias", "cls.predictions.bias"))
make("distilbert", DistilBertForMaskedLM(DistilBertConfig(vocab_size=V, dim=24, n_layers=2, n_heads=3, hidden_dim=40,
                                                          max_position_embeddings=64)), "masked", WORDS)


def word_level():
    """A WordLevel tokenizer with a normaliser and a special token, and what the library makes of texts."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    d = OUT / "tokenizers" / "wordlevel"
    d.mkdir(parents=True, exist_ok=True)
    words = ["[UNK]", "<s>", "hello", "world", ",", "naïve", "👩"]
    t = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    t.pre_tokenizer = pre_tokenizers.Whitespace()
    t.normalizer = normalizers.Lowercase()
    t.add_special_tokens(["<s>"])
    t.save(str(d / "tokenizer.json"))
    encodings = [(x, t.encode(x, add_special_tokens=False))
                 for x in ["Hello world", "hello, 👩 NAÏVE there", "<s>hello", "", "  "]]
    (d / "expected.json").write_text(json.dumps(
        {"texts": [{"text": x, "ids": e.ids, "spans": e.offsets} for x, e in encodings]},
        ensure_ascii=False, indent=1))


word_level()
