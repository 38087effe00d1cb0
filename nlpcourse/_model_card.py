"""The model card that `nlpcourse.finetune` writes: front matter that a hub reads, then text. No number is typed."""

from collections.abc import Iterable
from typing import Any

from datasets import DatasetInfo
from huggingface_hub import EvalResult, ModelCardData

from nlpcourse.checkpoints import CHECKPOINTS
from nlpcourse.data import registry


def model_card(title: str, facts: dict[str, Any], names: list[str], info: DatasetInfo) -> str:
    """The card as Markdown.

    Args:
        title: name of the model.
        facts: what finetune.json holds: settings, scores, epochs, run, hardware, versions.
        names: the classes, in the order of their numbers.
        info: of the data set: description, homepage, citation and licence.
    """
    settings, scores, machine, run = (facts[key] for key in ("settings", "scores", "hardware", "run"))
    name, seed, real = settings["dataset"], settings["seed"], settings["text"] == "real"
    base = CHECKPOINTS[settings["model"]].repo if settings["model"] in CHECKPOINTS else None
    data_id, data_name = (name, name) if real else (f"{name}-sample", f"{name}, offline sample")
    task = ("text-classification", data_id, data_name)
    test = {"accuracy": scores["test"]["accuracy"], "macro_f1": scores["test"]["macro_f1"]}
    front = ModelCardData(
        model_name=title,
        base_model=base,
        datasets=[data_id],
        license="other",
        license_name="terms-of-the-base-model-and-of-the-data",
        library_name="transformers",
        pipeline_tag="text-classification",
        metrics=["accuracy", "f1"],
        eval_results=[
            EvalResult(*task, kind.split("_")[-1], value, dataset_split="test", metric_name=kind)
            for kind, value in test.items()
        ],
    )
    origin = f"- Source: {info.homepage}\n- Citation: {info.citation}\n"
    if not real:
        origin = "- **Not real text**, but the offline sample: these scores are no scores on real text.\n"
    held_out = "the set's own split"
    if "validation" not in registry()[name]["splits"]:
        held_out = f"the set has none; a tenth of the training rows, stratified, drawn with seed {seed}"
    best = min(facts["epochs"], key=lambda row: row["validation_loss"])["epoch"]
    longest = settings["max_length"]
    measured = [[split, *list(values.values())[:-1]] for split, values in scores.items()]
    shown = {key: value for key, value in settings.items() if key != "weights"} | run
    return f"""---
{front.to_yaml()}
---

# {title}

Sorts a text into {len(names)} classes: {", ".join(names)}. It is `{base or settings["model"]}`, fine-tuned on
`{name}` by `nlpcourse.finetune`, which measured every number below and wrote this card.

## Data

{info.description.rpartition(chr(10))[0]}

{origin}- Licence of the data: {info.license}
- Training rows: {facts["training_rows"]:,}
- Validation: {held_out}

## Scores

The weights are those of epoch {best}, which had the lowest loss on validation. The test split was scored
once, at the end. The interval is a bootstrap over the rows of a split.

{_table(["split", "rows", "accuracy", "95 % from", "to", "macro-F1"], measured)}

Test, class by class:

```
{scores["test"]["report"]}
```

## Training

{_table(["epoch", "training loss", "validation loss", "accuracy"], [row.values() for row in facts["epochs"]])}

{_table(["setting", "value"], [[key.replace("_", " "), str(value)] for key, value in shown.items()])}

Hardware: {machine["gpu"] or machine["cpu"]}, {machine["cores"]} cores, {machine["memory_gb"]} GB.
Versions: {", ".join(f"{package} {version}" for package, version in facts["versions"].items())}.

## Limits

- The scores hold for texts like those of this test split. Other sources, times and languages were not measured.
- One seed: the interval says how much the choice of test rows matters, not how much another seed would change.
- {facts["test_texts_cut"]:.1%} of the test texts fill all {longest} tokens, so their ends may be cut.
- What the base model learned wrongly, about groups of people for instance, was neither looked for nor removed.
- Whoever passes the weights on must keep to the terms of the base model and of the data.
"""


def _table(head: list[str], rows: Iterable[Iterable[Any]]) -> str:
    cells = [[f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *cells])
