"""Makes a language model of nothing but chance, small enough for a test. Run by the environment of mlx."""

import json
import sys
from pathlib import Path
from typing import Any

import mlx.core as mx  # ty: ignore[import-not-found] -- only in the environment of tests.mlx
from mlx.utils import tree_flatten  # ty: ignore[import-not-found] -- likewise
from mlx_lm.models import llama  # ty: ignore[import-not-found] -- likewise
from tokenizers import (  # ty: ignore[import-not-found] -- likewise
    Tokenizer,
    decoders,
    models,
    pre_tokenizers,
    trainers,
)

ENDS = ["<s>", "</s>"]


def make(folder: Path) -> None:
    """Writes its files, as mlx-lm reads them."""
    folder.mkdir(parents=True)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel()
    tokenizer.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        [""], trainers.BpeTrainer(vocab_size=300, special_tokens=ENDS, initial_alphabet=letters)
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    says = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": ENDS[0],
        "eos_token": ENDS[1],
        "chat_template": "{% for each in messages %}{{ each['content'] }}{% endfor %}",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(says))
    shape: dict[str, Any] = {
        "model_type": "llama",
        "hidden_size": 64,
        "num_hidden_layers": 2,
        "intermediate_size": 128,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "rms_norm_eps": 1e-5,
        "vocab_size": tokenizer.get_vocab_size(),
        "tie_word_embeddings": True,
    }
    (folder / "config.json").write_text(json.dumps(shape))
    model = llama.Model(llama.ModelArgs.from_dict(shape))
    weights = dict(tree_flatten(model.parameters()))
    mx.save_safetensors(str(folder / "model.safetensors"), weights, metadata={"format": "mlx"})


if __name__ == "__main__":
    make(Path(sys.argv[1]))
