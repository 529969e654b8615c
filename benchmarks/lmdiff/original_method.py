"""The original's method in plain Python: one phrase at a time, a full sort for the ranks."""
import sys, time, torch
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, AutoTokenizer, AutoConfig
torch.set_num_threads(1)
d, corpus, n = sys.argv[1], sys.argv[2], int(sys.argv[3])
cfg = AutoConfig.from_pretrained(d); masked = "bert" in cfg.model_type
tok = AutoTokenizer.from_pretrained(d)
model = (AutoModelForMaskedLM if masked else AutoModelForCausalLM).from_pretrained(d, attn_implementation="eager").eval()
lines = [l for l in open(corpus, encoding="utf-8").read().split("\n") if l][:n]
start = time.time(); tokens = 0
with torch.no_grad():
    for line in lines:
        ids = tok.encode(line, return_tensors="pt")
        if masked:
            m = ids.shape[1] - 2
            batch = ids.repeat(m + 1, 1)
            for i in range(1, m): batch[i, i] = tok.mask_token_id
            out = model(batch).logits
            logits = out[0].clone()
            for i in range(1, m): logits[i] = out[i, i]
            logits, target = logits[1:-1], ids[0, 1:-1]
        else:
            batch = torch.cat([torch.tensor([[cfg.bos_token_id]]), ids], 1)
            logits, target = model(batch).logits[0, :-1], ids[0]
        probs = torch.softmax(logits, 1)
        ranks = (torch.argsort(logits, 1, descending=True) == target.unsqueeze(1)).nonzero()[:, 1]
        own = probs[torch.arange(len(target)), target]; top = torch.topk(probs, 10, 1)
        tokens += len(target)
print(f"{len(lines)} phrases, {tokens} tokens in {time.time() - start:.2f} s")
