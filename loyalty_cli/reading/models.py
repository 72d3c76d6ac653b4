"""The pydantic models by which blocks of settings are read from files, made once they are needed."""

from __future__ import annotations

import types
from inspect import getattr_static
from typing import Any
from typing import get_type_hints

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import field_validator
from pydantic import TypeAdapter
from pydantic_core import core_schema

from loyalty_cli.reading.fields import checks

# A kind of block of `reading/settings.py`, which calls for its model and so can not be named here.
Block = type[Any]


def schema_of(block: Block, handler: Any) -> Any:
    """How pydantic reads a block: as its model, and what the block's own methods check besides."""
    schema = handler.generate_schema(model_of(block))
    for name in checks(block, whole="before"):
        schema = core_schema.no_info_before_validator_function(getattr(block, name), schema)
    after = checks(block, whole="after")

    def block_of(read: BaseModel) -> Any:
        made: Any = object.__new__(block)
        made.__dict__.update(read.__dict__, model_fields_set=frozenset(read.model_fields_set), model_extra=read.model_extra or {})
        for name in after:
            made = getattr(made, name)()
        return made

    return core_schema.no_info_after_validator_function(block_of, schema)


def model_of(block: Block) -> type[BaseModel]:
    """The pydantic model of a kind of block, made once."""
    if block not in MODELS:
        MODELS[block] = new_model(block)
        # Only now pydantic looks at its types, for a block may hold blocks of its own kind.
        MODELS[block].model_rebuild()
    return MODELS[block]


MODELS: dict[Block, type[BaseModel]] = {}


def new_model(block: Block) -> type[BaseModel]:
    """A pydantic model: the same name and words, the same settings."""
    kinds = get_type_hints(block, include_extras=True)
    config = ConfigDict(extra="allow" if block.further else "forbid", arbitrary_types_allowed=True, defer_build=True)
    annotations = {name: kinds[name] for name in block.model_fields}
    if block.further:
        annotations["__pydantic_extra__"] = dict[str, block.further]  # type: ignore[name-defined]
    said: dict[str, Any] = {
        "__module__": block.__module__,
        "__doc__": block.__doc__,
        "__annotations__": annotations,
        "model_config": config,
        **{name: field.for_pydantic() for name, field in block.model_fields.items()},
        **{name: field_validator(*getattr(block, name).checks_settings)(getattr_static(block, name)) for name in checks(block)},
    }
    return types.new_class(block.__name__, (BaseModel,), exec_body=lambda namespace: namespace.update(said))


def adapter_of(block: Block) -> TypeAdapter[Any]:
    """What reads a kind of block, made once."""
    if block not in ADAPTERS:
        ADAPTERS[block] = TypeAdapter(block)
    return ADAPTERS[block]


ADAPTERS: dict[Block, TypeAdapter[Any]] = {}
