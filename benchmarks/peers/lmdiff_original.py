"""LMdiff's preprocessing by the original's method, in plain Python with torch, transformers and h5py.

usage: lmdiff_original.py M1 M2 CORPUS.txt OUT

One phrase at a time, no batches of phrases; softmax over the whole vocabulary, ranks from a full sort, top 10; a masked
model gets one batch a phrase (one row for each masked token) and its full logits. Each phrase becomes a group of an HDF5
file; the comparison of both files becomes a CSV file. Written from the definitions, not from the original's code.
"""
import os, sys, time
import h5py, numpy as np, torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForMaskedLM, AutoTokenizer

torch.set_num_threads(1)


def score(directory, lines, path):
    cfg = AutoConfig.from_pretrained(directory); masked = "bert" in cfg.model_type
    tok = AutoTokenizer.from_pretrained(directory)
    model = (AutoModelForMaskedLM if masked else AutoModelForCausalLM).from_pretrained(directory).eval()
    start = time.time(); tokens = 0
    with torch.no_grad(), h5py.File(path, "w") as f:
        for i, line in enumerate(lines):
            ids = tok.encode(line, return_tensors="pt")
            if masked:
                n = ids.shape[1] - 2
                batch = ids.repeat(n + 1, 1)
                for j in range(1, n): batch[j, j] = tok.mask_token_id
                out = model(batch).logits
                logits = out[0].clone()
                for j in range(1, n): logits[j] = out[j, j]
                logits, target = logits[1:-1], ids[0, 1:-1]
            else:
                batch = torch.cat([torch.tensor([[cfg.bos_token_id]]), ids], 1)
                logits, target = model(batch).logits[0, :-1], ids[0]
            probs = torch.softmax(logits, 1)
            ranks = (torch.argsort(logits, 1, descending=True) == target.unsqueeze(1)).nonzero()[:, 1]
            own = probs[torch.arange(len(target)), target]
            top, top_ids = torch.topk(probs, 10, 1)
            group = f.create_group(str(i).zfill(15)); group.attrs["phrase"] = line
            group["token_ids"], group["ranks"], group["probs"] = target.numpy(), ranks.numpy().astype(np.uint32), own.numpy()
            group["topk_probs"], group["topk_token_ids"] = top.numpy(), top_ids.numpy()
            tokens += len(target)
    return tokens, time.time() - start


def compare(first, second, path):
    with h5py.File(first) as a, h5py.File(second) as b, open(path, "w") as out:
        for key in a.keys():
            x, y = a[key], b[key]
            rank = y["ranks"][:].astype(np.int64) - x["ranks"][:]; prob = y["probs"][:] - x["probs"][:]
            clamped = np.clip(y["ranks"][:], 0, 50).astype(np.int64) - np.clip(x["ranks"][:], 0, 50)
            top = [len(set(p) - set(q)) for p, q in zip(x["topk_token_ids"][:].tolist(), y["topk_token_ids"][:].tolist())]
            row = [len(rank)] + [f(v) for v in (rank, clamped, prob, np.array(top)) for f in (np.mean, np.max)]
            out.write(",".join(map(str, [int(key)] + row)) + "\n")


m1, m2, corpus, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
body = open(corpus, encoding="utf-8").read()
lines = [l for l in (body.split("---", 2)[2] if body.startswith("---") else body).split("\n") if l.strip()]
total = 0.0
for name, m in (("a", m1), ("b", m2)):
    tokens, seconds = score(m, lines, f"{folder}/{name}.h5"); total += seconds
    print(f"original's method, {os.path.basename(m)}: {len(lines)} phrases, {tokens} tokens in {seconds:.2f} s", flush=True)
compare(f"{folder}/a.h5", f"{folder}/b.h5", f"{folder}/a_b.csv")
print(f"original's method, both models: {total:.2f} s")
