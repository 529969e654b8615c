"""Reference pairs of tiny masked models: what LMdiff's method gives, computed with transformers and h5py.

usage: make_masked_references.py OUT    writes OUT/bert_pair and OUT/distilbert_pair

The method: the text between [CLS] and [SEP] goes through the model once unmasked and once with each content token but
the last masked; a token is scored at its own position, the last one from the unmasked pass. Ranks count from a full
sort. Needs torch, transformers, h5py, pandas.
"""
import hashlib, json, pickle, sys
from pathlib import Path
import h5py, numpy as np, pandas as pd, torch
from tokenizers import Tokenizer
from tokenizers.decoders import WordPiece as WordPieceDecoder
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing
from transformers import BertConfig, BertForMaskedLM, PreTrainedTokenizerFast, DistilBertConfig, DistilBertForMaskedLM

PHRASES = ["the cat sat on the mat", "a dog ran", "cats and dogs", "the dog sat on a cat and ran", "mat", "zebra quiz",
           "on and on and on", "the the the", "a cat, a dog.", "ran to the mat and sat", "dogs sat on mats", "what a day"]
WORDS = ["the", "cat", "sat", "on", "mat", "dog", "ran", "and", "##s", "to", "what", ".", ","]

def tokenizer(folder):
    letters = [chr(c) for c in range(97, 123)]
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + letters + ["##" + c for c in letters if c != "s"] + WORDS
    ids = {t: i for i, t in enumerate(vocab)}
    made = Tokenizer(WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer, made.pre_tokenizer, made.decoder = BertNormalizer(), BertPreTokenizer(), WordPieceDecoder()
    made.post_processor = BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    folder.mkdir(parents=True, exist_ok=True)
    return PreTrainedTokenizerFast(tokenizer_object=made, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]",
                                   sep_token="[SEP]", mask_token="[MASK]")

def model(kind, size, seed):
    torch.manual_seed(seed)
    if kind == "bert":
        cfg = BertConfig(vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                         max_position_embeddings=64, initializer_range=0.4, attn_implementation="eager")
        return BertForMaskedLM(cfg).eval()
    cfg = DistilBertConfig(vocab_size=size, dim=32, n_layers=2, n_heads=4, hidden_dim=64, max_position_embeddings=64,
                           initializer_range=0.4, attn_implementation="eager")
    return DistilBertForMaskedLM(cfg).eval()

@torch.no_grad()
def analyse(m, tok, text):
    ids = tok.encode(text, return_tensors="pt"); n = ids.shape[1] - 2
    batch = ids.repeat(n + 1, 1)
    for i in range(1, n): batch[i, i] = tok.mask_token_id
    out = m(batch, output_attentions=True)
    logits = out.logits[0].clone(); attention = [a[0].clone() for a in out.attentions]
    for i in range(1, n):
        logits[i] = out.logits[i, i]
        for l, a in enumerate(out.attentions): attention[l][:, i, :] = a[i, :, i, :]
    logits, target = logits[1:-1], ids[0, 1:-1]
    probs = torch.softmax(logits, 1)
    ranks = (torch.argsort(logits, 1, descending=True) == target.unsqueeze(1)).nonzero()[:, 1]
    top, top_ids = torch.topk(probs, 10, 1)
    return dict(ids=target.numpy(), ranks=ranks.numpy(), probs=probs[torch.arange(n), target].numpy(), top=top.numpy(),
                top_ids=top_ids.numpy(), attention=torch.stack(attention)[:, :, 1:-1, 1:-1].numpy())

def vocab_hash(tok): return hashlib.sha256(pickle.dumps(sorted(tok.vocab.items()), protocol=4)).hexdigest()

def write_cache(path, name, checksum, model_name, tok, rows):
    with h5py.File(path, "w") as f:
        f.attrs["dataset_name"], f.attrs["dataset_checksum"] = name, checksum
        f.attrs["vocab_hash"], f.attrs["model_name"] = vocab_hash(tok), model_name
        f.create_dataset("vocabulary", data=[t for t, _ in sorted(tok.vocab.items(), key=lambda x: x[1])])
        for i, r in enumerate(rows):
            g = f.create_group(str(i).zfill(15)); g.attrs["phrase"] = PHRASES[i]
            g["token_ids"], g["ranks"] = r["ids"].astype(np.int64), r["ranks"].astype(np.uint32)
            g["probs"], g["topk_probs"] = r["probs"].astype(np.float32), r["top"].astype(np.float32)
            g["topk_token_ids"] = r["top_ids"].astype(np.int64)

def measures(a, b):
    rank = b["ranks"].astype(np.int64) - a["ranks"]; prob = b["probs"] - a["probs"]
    clamped = np.clip(b["ranks"], 0, 50).astype(np.int64) - np.clip(a["ranks"], 0, 50)
    top = np.array([len(set(x) - set(y)) for x, y in zip(a["top_ids"].tolist(), b["top_ids"].tolist())])
    return dict(n_tokens=len(rank), avg_rank_diff=rank.mean(), max_rank_diff=rank.max(), avg_clamped_rank_diff=clamped.mean(),
                max_clamped_rank_diff=clamped.max(), avg_prob_diff=prob.mean(), max_prob_diff=prob.max(),
                avg_topk_diff=top.mean(), max_topk_diff=top.max())

def plain(x, digits):
    if isinstance(x, dict): return {k: plain(v, digits) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)): return [plain(v, digits) for v in x]
    if isinstance(x, (np.integer, int)): return int(x)
    if isinstance(x, (np.floating, float)): return round(float(x), digits)
    return x

def responses(out, kind, m1, m2, models, tok, rows, table, dataset):
    (out / "responses").mkdir(exist_ok=True); index = []
    def keep(name, method, path, sent, answer):
        (out / "responses" / name).write_text(json.dumps(answer))
        index.append(dict(method=method, path=path, sent=sent, status=200, file="responses/" + name))
    keep("all_models.json", "GET", "/api/all-models", {}, [dict(model=m, type="🦄", token="bert") for m in (m1, m2)])
    keep("available_datasets.json", "GET", "/api/available-datasets", dict(m1=m1, m2=m2), [dataset])
    words = lambda ids: tok.convert_ids_to_tokens(ids)
    for i, text in enumerate(["the dog ran to a cat", "what sat", ""]):
        a, b = (analyse(models[m], tok, text) for m in (m1, m2))
        side = lambda r: dict(rank=plain(r["ranks"], 4), prob=plain(r["probs"], 4),
                              topk=[[[w, round(float(p), 4)] for w, p in zip(words(x.tolist()), y)] for x, y in zip(r["top_ids"], r["top"])])
        clip = lambda r: np.clip(r["ranks"], 0, 50)
        diff = dict(rank=plain(b["ranks"] - a["ranks"], 4), prob=plain(b["probs"] - a["probs"], 4), rank_clamp=plain(clip(b) - clip(a), 4),
                    topk=[len(set(x) - set(y)) for x, y in zip(a["top_ids"].tolist(), b["top_ids"].tolist())])
        sent = dict(m1=m1, m2=m2, text=text)
        keep(f"analyze_{i}.json", "POST", "/api/analyze-text", sent,
             dict(request=sent, result=dict(text=text, tokens=words(a["ids"].tolist()), m1=side(a), m2=side(b), diff=diff)))
        for at in sorted({0, len(a["ids"]) - 1} & set(range(len(a["ids"])))):
            for outward in (True, False):
                seen = {m: plain(r["attention"][:, :, at, :] if outward else r["attention"][:, :, :, at], 4) for m, r in (("m1", a), ("m2", b))}
                keep(f"attention_{i}_{at}_{'out' if outward else 'in'}.json", "POST", "/api/specific-attention",
                     dict(sent, token_index_in_text=at, outward_attentions=outward), seen)
    for metric in ("avg_rank_diff", "avg_prob_diff", "max_prob_diff"):
        values = np.array(table[metric]); order = np.argsort(-np.abs(values), kind="stable")[:5]
        result = []
        for i in order:
            a, b = rows[m1][i], rows[m2][i]
            side = lambda r: dict(rank=plain(r["ranks"], 3), prob=plain(r["probs"], 3), topk=[words(x.tolist()) for x in r["top_ids"]])
            result.append(dict(example_idx=int(i), metrics={k: plain(table[k].iloc[i], 3) for k in table.columns}, sign=plain(np.sign(values[i]), 3),
                               tokens=words(a["ids"].tolist()), text=PHRASES[i], m1=side(a), m2=side(b),
                               diff=dict(rank=plain(b["ranks"] - a["ranks"], 3), prob=plain((b["probs"] - a["probs"]).astype(np.float32), 3))))
        counts, edges = np.histogram(values, bins=7)
        sent = dict(m1=m1, m2=m2, dataset=dataset, metric=metric, order="descending", k=5, histogram_bins=7)
        keep(f"suggest_{metric}.json", "GET", "/api/new-suggestions", sent,
             dict(request={k: sent[k] for k in ("m1", "m2", "dataset", "metric", "order", "k")}, result=result,
                  histogram=dict(values=plain(counts, 4), bin_edges=plain(edges, 4))))
    (out / "responses" / "index.json").write_text(json.dumps(index, indent=1))

for kind in ("bert", "distilbert"):
    out = Path(sys.argv[1]) / f"{kind}_pair"; m1, m2, dataset = "mlm_a", "mlm_b", "twelve"
    models = {}
    for name, seed in ((m1, 1), (m2, 2)):
        tok = tokenizer(out / name); models[name] = model(kind, len(tok.vocab), seed)
        tok.save_pretrained(out / name); models[name].save_pretrained(out / name)
    body = "\n".join(PHRASES); checksum = hashlib.sha256(body.encode()).hexdigest()
    (out / f"{dataset}.txt").write_text(f"---\nchecksum: {checksum}\nname: {dataset}\ntype: human_created\n---\n\n{body}")
    analysis = out / "analysis"; analysis.mkdir(exist_ok=True)
    rows = {m: [analyse(models[m], tok, p) for p in PHRASES] for m in (m1, m2)}
    for m in (m1, m2): write_cache(analysis / f"{dataset}_._{m}.h5", dataset, checksum, m, tok, rows[m])
    for a, b in ((m1, m2), (m2, m1)):
        table = pd.DataFrame([measures(x, y) for x, y in zip(rows[a], rows[b])]); table.to_csv(analysis / f"{a}_{b}_{dataset}.csv")
        if a == m1: forward = table
    (analysis / "metadata.json").write_text(json.dumps(dict(m1=m1, m2=m2, dataset=f"{dataset}.txt", top_k=10, max_clamp_rank=50)))
    responses(out, kind, m1, m2, models, tok, rows, forward, dataset)
