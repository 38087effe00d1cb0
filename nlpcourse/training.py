"""One lean training loop for every model of the course; chapter 5.4 turns to `transformers.Trainer`."""

import copy
import math
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Literal, Protocol

import pandas as pd
import torch
from torch import nn
from tqdm.auto import tqdm

Batch = dict[str, torch.Tensor]
Loss = Callable[[nn.Module, Batch], tuple[torch.Tensor, torch.Tensor]]
Precision = Literal["auto", "fp32", "bf16", "fp16"]


class BatchSource(Protocol):
    """What `fit` trains on: a number of batches, and a fresh pass over them at every `iter`."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterable[Batch]: ...


@dataclass(frozen=True)
class Scores:
    """What `evaluate` measured.

    Attributes:
        loss: mean cross-entropy per example, in nats.
        accuracy: share of examples whose largest logit is at their label.
        logits: (examples, num_labels), in the order of the data set.
        labels: (examples,), in the same order.
    """

    loss: float
    accuracy: float
    logits: torch.Tensor
    labels: torch.Tensor

    @property
    def predictions(self) -> torch.Tensor:
        """The class with the largest logit, (examples,)."""
        return self.logits.argmax(1)

    @property
    def right(self) -> torch.Tensor:
        """Whether each example is classified correctly, (examples,)."""
        return self.predictions == self.labels


def classification_loss(model: nn.Module, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean cross-entropy of a batch, and its logits (batch, num_labels).

    Takes models that return logits and models of `transformers`, which return an object that holds them.
    """
    if "labels" not in batch:
        raise ValueError(
            "the batch has no labels, which the loss needs: give the data a column `label`, of zeros where "
            "only predictions are wanted"
        )
    inputs = {name: value for name, value in batch.items() if name not in ("labels", "row")}
    output = model(**inputs)
    # Sixteen bits are enough for matrix products, not for the logarithm of a sum of exponentials.
    logits = getattr(output, "logits", output).float()
    return nn.functional.cross_entropy(logits, batch["labels"]), logits


def fit(
    model: nn.Module,
    train: BatchSource,
    validation: BatchSource | None = None,
    *,
    epochs: int,
    lr: float,
    loss: Loss = classification_loss,
    weight_decay: float = 0.01,
    warmup: float = 0.1,
    clip: float = 1.0,
    patience: int | None = None,
    precision: Precision = "auto",
) -> pd.DataFrame:
    """Train `model` in place with AdamW, a linear warm-up and decay, clipping, and the best epoch kept.

    Args:
        model: on the device where it is to be trained; parameters without gradient stay as they are.
        train: batches, one pass for each epoch; see `nlpcourse.text.Batches`.
        validation: batches to measure after each epoch. With them the weights of the epoch with the lowest
            validation loss are restored at the end.
        epochs: passes over `train` at most.
        lr: largest learning rate of the schedule.
        loss: takes the model and a batch on the model's device; returns the mean loss and the logits.
        weight_decay: decoupled (Loshchilov and Hutter 2019); not applied to biases, norms and other vectors.
        warmup: share of all steps in which the learning rate rises from zero, before it falls to zero.
        clip: largest norm of the gradient.
        patience: stop after so many epochs without a lower validation loss; None never stops early.
        precision: of the matrix products; "auto" takes 16 bits where the hardware multiplies them faster.

    Returns:
        One row for each epoch: epoch, step, train_loss, lr, seconds, and with validation also validation_loss and
        validation_accuracy.

    Raises:
        FloatingPointError: as soon as the loss is not a finite number.
        ValueError: for sizes that cannot be meant.
    """
    if epochs < 1 or lr <= 0 or not 0 <= warmup <= 1 or clip <= 0:
        raise ValueError(
            f"expected epochs >= 1, lr > 0, 0 <= warmup <= 1, clip > 0; got {epochs=} {lr=} {warmup=} {clip=}"
        )
    if patience is not None and validation is None:
        raise ValueError("patience needs validation batches: without them nothing says when to stop")
    device = next(model.parameters()).device
    optimizer = _adamw(model, lr, weight_decay)
    steps = epochs * len(train)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _warmup_decay(step, steps, warmup))
    autocast, scaler = _mixed_precision(model, device, precision)

    rows: list[dict[str, float]] = []
    best_loss, best_weights, waited, step = math.inf, None, 0, 0
    progress = tqdm(total=steps, desc="training", unit="batch", leave=False)
    for epoch in range(1, epochs + 1):
        model.train()
        start, total = time.perf_counter(), 0.0
        rate = optimizer.param_groups[0]["lr"]
        for batch in train:
            batch = {name: value.to(device) for name, value in batch.items()}
            with autocast():
                batch_loss, _ = loss(model, batch)
            _stop_if_not_finite(batch_loss, step, optimizer)
            optimizer.zero_grad()
            scaler.scale(batch_loss).backward()
            scaler.unscale_(optimizer)
            nn.utils.clip_grad_norm_(model.parameters(), clip)
            rate = optimizer.param_groups[0]["lr"]
            scaler.step(optimizer)
            scaler.update()
            schedule.step()
            step += 1
            total += batch_loss.item()
            progress.update()
        row = {"epoch": epoch, "step": step, "train_loss": total / len(train), "lr": rate}
        row["seconds"] = time.perf_counter() - start
        if validation is not None:
            scores = evaluate(model, validation, loss=loss, precision=precision)
            row |= {"validation_loss": scores.loss, "validation_accuracy": scores.accuracy}
            waited += 1
            if scores.loss < best_loss:
                best_loss, waited = scores.loss, 0
                best_weights = copy.deepcopy(model.state_dict())
        rows.append(row)
        if patience is not None and waited >= patience:
            break
    progress.close()
    if best_weights is not None:
        model.load_state_dict(best_weights)
    return pd.DataFrame(rows)


@torch.no_grad()
def evaluate(
    model: nn.Module, batches: BatchSource, *, loss: Loss = classification_loss, precision: Precision = "auto"
) -> Scores:
    """Loss, accuracy and logits of `model` over all `batches`, in the order of the data set.

    Args:
        model: a classifier; it is left in evaluation mode.
        batches: with `labels`, and with `row` where the order of the batches is not the order of the data.
        loss: as for `fit`.
        precision: as for `fit`.
    """
    device = next(model.parameters()).device
    autocast, _ = _mixed_precision(model, device, precision)
    model.eval()
    total, logits, labels, order = 0.0, [], [], []
    for batch in batches:
        batch = {name: value.to(device) for name, value in batch.items()}
        with autocast():
            batch_loss, batch_logits = loss(model, batch)
        total += batch_loss.item() * len(batch["labels"])
        logits.append(batch_logits.float().cpu())
        labels.append(batch["labels"].cpu())
        order.append(
            batch["row"].cpu()
            if "row" in batch
            else torch.arange(len(batch["labels"])) + sum(map(len, order))
        )
    if not logits:
        raise ValueError("there is no batch to evaluate")
    back = torch.cat(order).argsort()
    all_logits, all_labels = torch.cat(logits)[back], torch.cat(labels)[back]
    accuracy = (all_logits.argmax(1) == all_labels).float().mean().item()
    return Scores(total / len(all_labels), accuracy, all_logits, all_labels)


def _adamw(model: nn.Module, lr: float, weight_decay: float) -> torch.optim.AdamW:
    """AdamW with decay on matrices only: pulling a bias or a norm towards zero is no regularisation."""
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    if not trained:
        raise ValueError("no parameter of the model has requires_grad: there is nothing to train")
    groups = [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
    # The fused kernel takes one pass over the weights instead of a dozen.
    return torch.optim.AdamW(groups, lr=lr, fused=True)


def _warmup_decay(step: int, steps: int, warmup: float) -> float:
    """Factor of the learning rate: up from zero in the first `warmup` share of the steps, then down to zero."""
    rising = warmup * steps
    # The first step must move the weights too, hence step + 1.
    return min((step + 1) / rising if rising > 0 else 1.0, (steps - step) / max(1.0, steps - rising))


def _mixed_precision(
    model: nn.Module, device: torch.device, precision: Precision
) -> tuple[Callable[[], AbstractContextManager], torch.amp.GradScaler]:
    """Context for the forward pass, and the scaler that keeps fp16 gradients from vanishing (idle otherwise)."""
    if precision == "auto":
        precision = _best_precision(model, device)
    types = {"bf16": torch.bfloat16, "fp16": torch.float16}
    scaler = torch.amp.GradScaler(device.type, enabled=precision == "fp16")
    if precision == "fp32":
        return nullcontext, scaler
    if precision not in types:
        raise ValueError(f"unknown precision {precision!r}: use one of auto, fp32, bf16, fp16")
    return lambda: torch.autocast(device.type, types[precision]), scaler


def _best_precision(model: nn.Module, device: torch.device) -> Precision:
    """The narrowest type whose products this hardware computes faster than those of 32 bits."""
    if device.type == "cuda":
        # A T4 only emulates bfloat16, slower than 32 bits; its tensor cores take float16.
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"
    # Recurrent layers have no 16-bit training kernel on processors.
    recurrent = any(isinstance(module, nn.RNNBase) for module in model.modules())
    if device.type == "cpu" and not recurrent:
        abilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
        return "bf16" if abilities.get("amx_bf16") or abilities.get("avx512_bf16") else "fp32"
    return "fp32"


def _stop_if_not_finite(loss: torch.Tensor, step: int, optimizer: torch.optim.Optimizer) -> None:
    if not torch.isfinite(loss):
        raise FloatingPointError(
            f"the loss is {loss.item()} at step {step}, with learning rate {optimizer.param_groups[0]['lr']:.1e}. "
            "Usual causes: a learning rate that is too large (try a tenth), a logarithm or a division of zero in the "
            "loss, a row of attention that is masked everywhere, or inputs that are not finite."
        )
