//! `/openapi.json`: what the code of the routes says of itself, and what holds for all of them.

use crate::problem::{self, Code, Fault, ProblemView};
use afield_rank::Dial;
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

/// Completes what the routes say: problems, keys, and the body of `POST /v1/search`, whose fields are the parameters
/// of `GET`.
pub(crate) fn complete(document: &OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"] = json!({
        "title": "afield",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Ideas of other, stressed sectors for a problem in plain words. \
            Names are snake case; a value that is not known is `null`. Unknown parameters and fields are refused. \
            Every error is a problem of RFC 9457. New fields may be added to answers; nothing is renamed or taken away within `/v1`.",
        "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
    });
    document["servers"] = json!([{ "url": "/" }]);
    document["tags"] = json!([
        { "name": "ideas", "description": "Ask for ideas, and why they are what they are" },
        { "name": "cases", "description": "Read case studies" },
        { "name": "vocabulary", "description": "Sectors, signals, mechanisms: the words that the corpus uses" },
        { "name": "server", "description": "The server itself" },
    ]);
    document["components"]["securitySchemes"] = json!({ "key": {
        "type": "http", "scheme": "bearer",
        "description": "An API key, made by `afield keys new NAME`; not needed where the server runs without a key file.",
    }});
    add_schema::<ProblemView>(&mut document, "Problem");
    add_schema::<Fault>(&mut document, "Fault");
    for (path, item) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete_operation(path, method, operation);
        }
    }
    let request = request_schema(&document["paths"]["/v1/search"]["get"]["parameters"]);
    document["components"]["schemas"]["SearchRequest"] = request;
    document["paths"]["/v1/search"]["post"]["requestBody"] = json!({
        "required": true,
        "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/SearchRequest" },
            "example": { "q": "our branches are losing footfall", "for": "banking", "limit": 3 },
        }},
    });
    document
}

fn add_schema<T: utoipa::ToSchema>(document: &mut Value, name: &str) {
    let schema = serde_json::to_value(T::schema()).unwrap_or_default();
    document["components"]["schemas"][name] = schema;
}

/// Query parameters as one JSON object.
fn request_schema(parameters: &Value) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in parameters.as_array().into_iter().flatten() {
        let Some(name) = parameter["name"].as_str() else {
            continue;
        };
        let mut schema = parameter["schema"].clone();
        schema["description"] = parameter["description"].clone();
        if let Some(example) = parameter.get("example") {
            schema["examples"] = json!([example]);
        }
        if parameter["required"] == true {
            required.push(name);
        } else {
            // Generated clients write what is not given as `null`.
            schema["type"] = json!([schema["type"], "null"]);
            if let Some(Value::Array(words)) = schema.get_mut("enum") {
                words.push(Value::Null);
            }
        }
        properties.insert(name.to_owned(), schema);
    }
    json!({
        "type": "object",
        "description": "A brief, and what shapes and narrows the answer: the parameters of `GET /v1/search`.",
        "properties": properties, "required": required, "additionalProperties": false,
    })
}

/// Adds the problems that an operation can answer, and whether it wants a key.
fn complete_operation(path: &str, method: &str, operation: &mut Value) {
    // Asking by index would leave a `null` where there are none.
    let parameters = operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        if parameter["name"] == "distance" {
            parameter["schema"]["enum"] = json!(Dial::ALL.map(Dial::id));
        }
        if parameter["name"] == "q" {
            parameter["schema"]["pattern"] = json!("\\S");
        }
        if parameter["schema"].get("items").is_some() {
            parameter["schema"]["items"]["minLength"] = json!(1);
            parameter["schema"]["items"]["maxLength"] = json!(200);
        }
        // A parameter is there or not; there is no way to write a `null` in a query.
        let types = &mut parameter["schema"]["type"];
        if let Some(only) = types
            .as_array()
            .and_then(|types| types.iter().find(|each| *each != "null"))
            .cloned()
        {
            *types = only;
        }
    }
    let wants_key = path.starts_with("/v1/") || path == "/metrics";
    if wants_key {
        operation["security"] = json!([{ "key": [] }, {}]);
    }
    let reads_corpus = path.starts_with("/v1/");
    if method == "get" && reads_corpus {
        operation["responses"]["304"] = json!({ "description": "Nothing has changed since the answer whose `ETag` was sent as `If-None-Match`" });
        operation["responses"]["200"]["headers"] = json!({ "ETag": {
            "description": "Tells this answer from that of another generation of the index", "schema": { "type": "string" },
        }});
    }
    for code in Code::ALL {
        let applies = match code.status().as_u16() {
            401 | 429 => wants_key,
            403 => wants_key || matches!(code, Code::ForbiddenHost | Code::ForbiddenOrigin),
            404 => is_miss(path, *code),
            405 | 406 => false,
            408 | 415 => method == "post",
            414 => method == "get",
            503 => {
                reads_corpus
                    || (path == "/readyz" && *code == Code::Stopping)
                    || *code == Code::TimedOut
            }
            400 => *code != Code::InvalidJson || method == "post",
            _ => true,
        };
        if applies {
            add_problem(operation, *code);
        }
    }
}

/// Whether a path can miss what a code is about.
fn is_miss(path: &str, code: Code) -> bool {
    match code {
        Code::UnknownCase => path.starts_with("/v1/cases/") || path == "/v1/why",
        Code::UnknownSector => path.starts_with("/v1/sectors/"),
        Code::UnknownSignal => path.starts_with("/v1/signals/"),
        _ => false,
    }
}

fn add_problem(operation: &mut Value, code: Code) {
    let status = code.status().as_u16().to_string();
    let response = &mut operation["responses"][&status];
    let line = format!("`{}`: {}", code.id(), code.meaning());
    let told = match response["description"].as_str() {
        Some(told) => format!("{told}\n\n{line}"),
        None => line,
    };
    *response = json!({
        "description": told,
        "content": { problem::MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    if matches!(status.as_str(), "429" | "503") {
        response["headers"] = json!({ "Retry-After": { "description": "Seconds to wait", "schema": { "type": "integer" } } });
    }
}

/// The schema of one kind of value, with everything it refers to: for places that cannot look elsewhere, such as the
/// tools of MCP.
pub(crate) fn standalone(document: &Value, name: &str) -> Map<String, Value> {
    let schemas = &document["components"]["schemas"];
    let mut found = Map::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if found.contains_key(&name) {
            continue;
        }
        let text = schemas[&name].to_string();
        let parts = text.split("#/components/schemas/").skip(1);
        open.extend(
            parts
                .filter_map(|part| part.split('"').next())
                .map(str::to_owned),
        );
        let local = text.replace("#/components/schemas/", "#/$defs/");
        found.insert(name, serde_json::from_str(&local).unwrap_or_default());
    }
    let Some(Value::Object(mut schema)) = found.remove(name) else {
        return Map::new();
    };
    if !found.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(found));
    }
    schema
}
