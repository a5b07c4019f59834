"""The OpenAPI 3.1 document, made from the operations themselves."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.api.operations import IMAGES, Operation
from bot.api.outputs import Problem
from bot.api.problems import CONTENT_TYPE, TITLES

REF = "#/components/schemas/{model}"
_PATH_PARAMETERS: Mapping[str, dict[str, Any]] = {
    "number": {"type": "string", "pattern": "^[A-Z]{1,4}[0-9]{8}-[0-9]{4,9}$", "maxLength": 40},
    "id": {"type": "integer", "minimum": 1, "maximum": 2**63 - 1},
}


def document(operations: Iterable[Operation], title: str, version: str) -> dict[str, Any]:
    """Return the whole document as JSON values."""
    known = tuple(operations)
    names, schemas = _schemas(known)
    paths: dict[str, dict[str, Any]] = {}
    for operation in known:
        paths.setdefault(f"/api{operation.path}", {})[operation.method.lower()] = _described(operation, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": _DESCRIPTION},
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


_DESCRIPTION = (
    "街道办、部门和调度台办理工单的接口。街道办只看到自己辖区和名下的工单，部门只看到名下和所监管的工单。"
    "办理时带上看到的 version，已被别人改过的返回 409。时间带时区（+08:00）。"
)
Names = Mapping[tuple[type[BaseModel], JsonSchemaMode], str]


def _schemas(operations: Iterable[Operation]) -> tuple[Names, dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Problem, "serialization"): None}
    for operation in operations:
        if operation.body:
            wanted[operation.body, "validation"] = None
        if operation.answer:
            wanted[operation.answer, "serialization"] = None
    refs, definitions = models_json_schema(list(wanted), ref_template=REF)
    return {key: refs[key]["$ref"] for key in wanted}, definitions.get("$defs", {})


def _described(operation: Operation, names: Names) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.path.split("/")[2]],
        "parameters": [*_path_parameters(operation), *_query_parameters(operation)],
        "responses": _responses(operation, names),
    }
    if operation.uploads:
        said["requestBody"] = {"required": True, "content": {IMAGES: {"schema": _BYTES}}}
    if operation.body:
        said["requestBody"] = {"required": True, "content": _json(names[operation.body, "validation"])}
    return said


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    found = re.findall(r"{(\w+)}", operation.path)
    return [
        {"name": name, "in": "path", "required": True, "schema": _PATH_PARAMETERS[name]} for name in found
    ]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema()
    definitions = schema.get("$defs", {})
    return [_query_parameter(name, value, definitions) for name, value in schema["properties"].items()]


def _query_parameter(name: str, schema: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in schema.items() if key not in {"title", "default", "description"}}
    if "anyOf" in plain:  # in a query "null" is said by leaving the parameter out
        referred = plain["anyOf"][0].get("$ref", "").rpartition("/")[2]
        plain = {key: definitions[referred][key] for key in ("type", "enum")}
    said = {"name": name, "in": "query", "required": False, "allowEmptyValue": True, "schema": plain}
    return said | ({"description": schema["description"]} if "description" in schema else {})


def _responses(operation: Operation, names: Names) -> dict[str, Any]:
    problem = {CONTENT_TYPE: {"schema": {"$ref": names[Problem, "serialization"]}}}
    good: dict[str, Any] = {"*/*": {"schema": _BYTES}}
    if operation.answer:
        good = _json(names[operation.answer, "serialization"])
    return {
        str(operation.status): {"description": "好", "content": good},
        **{str(status): {"description": TITLES[status], "content": problem} for status in operation.problems},
    }


_BYTES = {"type": "string", "format": "binary"}


def _json(ref: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": ref}}}
