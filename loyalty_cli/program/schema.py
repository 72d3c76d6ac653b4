"""The JSON Schema of a program file (draft 2020-12), for editors that complete and check YAML."""

from __future__ import annotations

import json
from typing import Any

from loyalty_cli.program.blocks.discounts import Discounts
from loyalty_cli.program.blocks.gifts import GiftTerms
from loyalty_cli.program.blocks.goals import GoalBlock
from loyalty_cli.program.blocks.messages import MessageTerms
from loyalty_cli.program.blocks.points import Points
from loyalty_cli.program.blocks.rewards import RewardBlock
from loyalty_cli.program.blocks.stores import StoreFiles
from loyalty_cli.program.head import Head
from loyalty_cli.program.messages_read import OF_REWARD
from loyalty_cli.program.reader import SINGLE
from loyalty_cli.program.reader import TO_FRIEND
from loyalty_cli.program.segments_read import READY
from loyalty_cli.program.segments_read import TOGETHER
from loyalty_cli.program.tasks import ALL_OF
from loyalty_cli.reading.validated import json_schemas
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.coupons.terms import CouponTerms
from loyalty_cli.rules.only import Only

# What stands for a block of a kind's main setting.
SHORT = {"type": ["string", "number", "boolean", "array"]}
WHEN = {"$ref": "#/$defs/When"}
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "a date, such as 2026-12-01"}


def schema_text() -> str:
    """The schema as JSON text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2)


# The blocks that are always of one shape.
SHAPES: tuple[Any, ...] = (
    *(Head, Points, Discounts, CouponTerms, GiftTerms, StoreFiles, RewardBlock, MessageTerms),
    *(*SINGLE.values(), GoalBlock, Only),
)  # fmt: skip


def schema() -> dict[str, Any]:
    """The schema: the head, its blocks, and every kind of rule where its family stands."""
    kinds = {family: [kind_of(family, word) for word in words] for family, words in ALL_RULES.items()}
    models = [*SHAPES, *(kind for family in kinds.values() for kind in family)]
    keys, definitions = json_schemas(models)
    refs = {model: keys[model, "validation"] for model in models}

    def named(value: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": value}

    def one_of(family: str) -> dict[str, Any]:
        return {"anyOf": [refs[kind] for kind in kinds[family]]}

    defs = definitions["$defs"]
    defs["Segment"] = segment_schema(refs, kinds)
    defs["When"] = {"anyOf": [when_schema(refs, word, kind) for word, kind in zip(ALL_RULES["when"], kinds["when"], strict=True)]}
    head = dict(defs[refs[Head]["$ref"].rsplit("/", 1)[1]])
    properties = dict(head["properties"])
    defs[refs[Points]["$ref"].rsplit("/", 1)[1]]["properties"]["earn"] = named(one_of("earn"))
    defs[refs[Discounts]["$ref"].rsplit("/", 1)[1]]["properties"]["offers"] = named(one_of("discounts"))
    blocks: dict[str, Any] = {
        "starts": DATE,
        "ends": DATE,
        "last_redemption": DATE,
        **{name: refs[model] for name, model in SINGLE.items()},
        "goals": named(refs[GoalBlock]),
        "stores": named(refs[StoreFiles]),
        "tiers": one_of("tiers"),
        "points": refs[Points],
        "discounts": refs[Discounts],
        "coupons": named(refs[CouponTerms]),
        "gifts": named(refs[GiftTerms]),
        "segments": named({"anyOf": [{"const": READY}, {"$ref": "#/$defs/Segment"}]}),
        "rewards": named(reward_schema(refs, kinds)),
        "messages": named(message_schema(refs, kinds)),
        "draws": named(one_of("draws")),
        "nightly": {"type": "array", "items": {"type": "string"}},
    }
    for name, block in blocks.items():
        properties[name] = {**block, "description": properties.get(name, {}).get("description", "")}
    head["properties"] = properties
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **head, "$defs": defs}


def message_schema(refs: dict[Any, Any], kinds: dict[str, list[Any]]) -> dict[str, Any]:
    """A message: its own settings, and of a reward what it is for and how often."""
    reward = reward_schema(refs, kinds)["properties"]
    terms = {name: {"$ref": f"{refs[MessageTerms]['$ref']}/properties/{name}"} for name in MessageTerms.model_fields}
    own = {**terms, **{name: reward[name] for name in sorted(OF_REWARD)}}
    return {"type": "object", "required": ["text"], "additionalProperties": False, "properties": own}


def segment_schema(refs: dict[Any, Any], kinds: dict[str, list[Any]]) -> dict[str, Any]:
    """A segment: conditions by their words, and parts that are put together."""
    conditions = {word: {"anyOf": [SHORT, refs[kind]]} for word, kind in zip(ALL_RULES["segments"], kinds["segments"], strict=True)}
    part = {"$ref": "#/$defs/Segment"}
    parts = {word: {"anyOf": [part, {"type": "array", "items": part}]} for word in TOGETHER}
    return {"type": "object", "minProperties": 1, "properties": {**conditions, **parts}, "additionalProperties": False}


def when_schema(refs: dict[Any, Any], word: str, kind: Any) -> dict[str, Any]:
    """A trigger: the word of its kind, the kind's other settings in it or beside it, and its filter."""
    said: list[Any] = [SHORT, refs[kind]]
    if word == ALL_OF:
        said += [{"type": "object", "additionalProperties": WHEN}, {"type": "array", "items": {"anyOf": [SHORT, WHEN]}}]
    beside = {name: {"$ref": f"{refs[kind]['$ref']}/properties/{name}"} for name in kind.model_fields if name != kind.short}
    own = {**beside, "only": refs[Only], word: {"anyOf": said}}
    return {"type": "object", "required": [word], "properties": own, "additionalProperties": False}


def reward_schema(refs: dict[Any, Any], kinds: dict[str, list[Any]]) -> dict[str, Any]:
    """A reward: one trigger with its filter, and what is given."""
    give = {word: {"anyOf": [SHORT, refs[kind]]} for word, kind in zip(ALL_RULES["give"], kinds["give"], strict=True)}
    to_friend = {"type": "object", "properties": give, "additionalProperties": False, "description": "what the friend gets"}
    return {
        "type": "object",
        "required": ["when", "give"],
        "additionalProperties": False,
        "properties": {
            **{name: {"$ref": f"{refs[RewardBlock]['$ref']}/properties/{name}"} for name in RewardBlock.model_fields},
            "when": WHEN,
            "give": {"type": "object", "properties": {**give, TO_FRIEND: to_friend}, "additionalProperties": False},
        },
    }
