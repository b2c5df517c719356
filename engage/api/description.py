"""What programs can ask for, as an OpenAPI 3.1 document."""

from typing import Any

from engage.api.wishes import WishBody

Schema = dict[str, Any]

_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}


def _object(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


_ROUND = _object(
    {
        "slug": {"type": "string"},
        "name": {
            "type": "object",
            "description": "The name by the code of its language.",
            "additionalProperties": {"type": "string"},
        },
        "languages": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "state": {"enum": ["preparing", "waiting", "open", "closed"]},
        "opens_on": _DAY,
        "closes_on": {"type": ["string", "null"], "format": "date"},
    }
)
_PROGRESS = {
    "rows_done": _COUNT,
    "rows_total": {**_COUNT, "description": "0 until it is known."},
    "name": {"type": "string"},
    "size": {**_COUNT, "description": "Bytes."},
    "sha256": _HASH,
    "until": {
        "type": "string",
        "format": "date-time",
        "description": "The file is removed an hour after it was made.",
    },
    "file": {"type": "string", "description": "Where the file is fetched."},
    "reason": {
        "enum": ["too_many_rows", "failed", "outdated"],
        "description": "Outdated: answers in it were corrected or deleted since.",
    },
}
_EXPORT = _object(
    {
        "id": {"type": "string"},
        "state": {
            "enum": ["making", "ready", "failed", "gone"],
            "description": "Making tells rows, ready the file, failed the reason.",
        },
        "what": {"type": "string"},
        "format": {"type": "string"},
        **_PROGRESS,
    },
    optional=tuple(_PROGRESS),
)
_PROBLEM = _object(
    {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "What is wrong, by the name of the field.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    optional=("detail", "errors"),
)
_SCHEMAS = {"Round": _ROUND, "Export": _EXPORT, "Problem": _PROBLEM}

_PROBLEMS = {
    "400": "The body is not JSON in UTF-8, or has a name twice.",
    "401": "No token that works was sent.",
    "403": "The owner of the token, or the token, may not do this.",
    "404": "There is nothing here that this token may see.",
    "409": "There are fewer answers than may be shown, or the file is still being made.",
    "410": "The hour is over, or answers in the file were deleted.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "Some fields are not right; the errors are told by field.",
    "429": "Asked too often; Retry-After says for how many seconds to wait.",
}
#: What every address behind a token may answer.
_ALWAYS = ("401", "403", "404", "429")


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: Schema, media: str = "application/json") -> Schema:
    return {media: {"schema": schema}}


def _operation(name: str, summary: str, answers: Schema, *problems: str, **more: Any) -> Schema:
    """Return one way to ask; `problems` are statuses besides those that all have."""
    told = {
        status: {
            "description": _PROBLEMS[status],
            "content": _json(_reference("Problem"), "application/problem+json"),
        }
        for status in sorted({*_ALWAYS, *problems})
    }
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"token": []}],
        "responses": answers | told,
        **more,
    }


def _answer(words: str, content: Schema, *headers: str) -> Schema:
    told = {name: {"schema": {"type": "string"}} for name in headers}
    return {"description": words, "content": content} | ({"headers": told} if told else {})


def _parameters(*names: str) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]


def _asking() -> Schema:
    started = _object({"id": {"type": "string"}, "state": {"type": "string"}})
    return _operation(
        "ask",
        "Ask for an export. A job makes the file; it is kept for an hour.",
        {"202": _answer("It is being made.", _json(started), "Location", "Retry-After")},
        *("400", "409", "413", "415", "422"),
        requestBody={"required": True, "content": _json(_reference("ExportWish"))},
    )


def _listing() -> Schema:
    listed = _object({"rounds": {"type": "array", "items": _reference("Round")}})
    told = {"200": _answer("The rounds.", _json(listed))}
    return _operation("rounds", "The rounds of the community, newest first.", told)


def _paths() -> Schema:
    rounds = "/communities/{community}/rounds"
    one = rounds + "/{slug}/exports"
    file = _json({"type": "string", "format": "binary"}, "*/*")
    made = ("community", "slug", "export_id")
    return {
        rounds: {"parameters": _parameters("community"), "get": _listing()},
        one: {"parameters": _parameters("community", "slug"), "post": _asking()},
        one + "/{export_id}": {
            "parameters": _parameters(*made),
            "get": _operation(
                "progress",
                "How far an export is.",
                {"200": _answer("How far it is.", _json(_reference("Export")), "Retry-After")},
            ),
        },
        one + "/{export_id}/file": {
            "parameters": _parameters(*made),
            "get": _operation(
                "fetch",
                "The file. That it was taken is noted in the audit log.",
                {"200": _answer("The file.", file, "Content-Disposition")},
                *("409", "410"),
            ),
        },
        "/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "This description.",
                "security": [],
                "responses": {"200": _answer("This.", _json({"type": "object"}))},
            }
        },
    }


def description(base_url: str) -> Schema:
    """Return the document for an installation at this address."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Engage",
            "version": "1",
            "description": "Take figures and answers away, as the pages of exports do.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": f"{base_url}/api/v1"}],
        "paths": _paths(),
        "components": {
            "schemas": {**_SCHEMAS, "ExportWish": WishBody.model_json_schema()},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of a member, made on the page of the own account.",
                }
            },
        },
    }
