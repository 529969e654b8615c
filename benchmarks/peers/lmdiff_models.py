"""Random models of well-known shapes for speed figures, as pairs.

usage: lmdiff_models.py SHAPE CORPUS.txt OUT     SHAPE: gpt2, distilbert, bert, bert-tiny; writes OUT/SHAPE-a and OUT/SHAPE-b

The tokenizer is trained on the corpus; the output layer has the shape's own size (50257 or 30522), so that soft-max, sort
and output layer cost what they cost with the published models. Weights are random: speed does not depend on them.
"""
import sys, torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (BertConfig, BertForMaskedLM, DistilBertConfig, DistilBertForMaskedLM, GPT2Config, GPT2LMHeadModel,
                          PreTrainedTokenizerFast)

shape, corpus, out = sys.argv[1:]
if shape == "gpt2":
    tok = Tokenizer(models.BPE()); tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False); tok.decoder = decoders.ByteLevel()
    tok.train([corpus], trainers.BpeTrainer(vocab_size=50256, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    fast = PreTrainedTokenizerFast(tokenizer_object=tok, bos_token="<|endoftext|>", eos_token="<|endoftext|>")
else:
    tok = Tokenizer(models.WordPiece(unk_token="[UNK]")); tok.normalizer = normalizers.BertNormalizer()
    tok.pre_tokenizer = pre_tokenizers.BertPreTokenizer(); tok.decoder = decoders.WordPiece()
    tok.train([corpus], trainers.WordPieceTrainer(vocab_size=30000, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
    tok.post_processor = processors.BertProcessing(("[SEP]", tok.token_to_id("[SEP]")), ("[CLS]", tok.token_to_id("[CLS]")))
    fast = PreTrainedTokenizerFast(tokenizer_object=tok, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
for name, seed in (("a", 1), ("b", 2)):
    torch.manual_seed(seed)
    if shape == "gpt2": model = GPT2LMHeadModel(GPT2Config(bos_token_id=0, eos_token_id=0))
    elif shape == "distilbert": model = DistilBertForMaskedLM(DistilBertConfig())
    elif shape == "bert": model = BertForMaskedLM(BertConfig())
    else: model = BertForMaskedLM(BertConfig(hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=512))
    model.save_pretrained(f"{out}/{shape}-{name}"); fast.save_pretrained(f"{out}/{shape}-{name}")
