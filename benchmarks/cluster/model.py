"""A GPT-2 of about 10 million parameters with random weights. usage: model.py DIRECTORY_OF_THE_TOKENIZER OUT"""
import shutil, sys, torch
from transformers import GPT2Config, GPT2LMHeadModel

tokenizer, out = sys.argv[1:]
torch.manual_seed(1)
model = GPT2LMHeadModel(GPT2Config(vocab_size=2048, n_positions=128, n_embd=352, n_layer=6, n_head=8, bos_token_id=0, eos_token_id=0))
model.save_pretrained(out)
for name in ("tokenizer.json", "tokenizer_config.json"): shutil.copy(f"{tokenizer}/{name}", out)
print(f"{sum(p.numel() for p in model.parameters()):,} parameters in {out}", file=sys.stderr)
