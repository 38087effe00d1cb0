"""The helper package of the course: data, training, figures and executable findings.

Names are imported when they are first used, so that `import nlpcourse` costs nothing.
"""

import importlib
from typing import Any

__version__ = "0.1.0"

# name → module that holds it; a module's own name stands for the module.
_HOMES = {
    "setup": "runtime",
    "load_dataset": "data",
    "is_real": "data",
    "checkpoint": "checkpoints",
    "fit": "training",
    "evaluate": "training",
    "claim": "claims",
    "explore": "explorables",
    **{module: module for module in ("decoding", "figures", "metrics", "models", "text")},
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"nlpcourse has no {name!r}; it has: {', '.join(__all__)}")
    module = importlib.import_module(f"nlpcourse.{_HOMES[name]}")
    value = module if name == _HOMES[name] else getattr(module, name)
    globals()[name] = value  # the next access skips this function
    return value


def __dir__() -> list[str]:
    return __all__
