//! The JSON Schema of profile files, for editors that complete and check TOML.
//!
//! It says what the reader takes, out of the same declarations; what only several keys together can get wrong (lines that
//! don't fit the page) is left to `hongtou styles check`.

use serde_json::{Map, Value as Json, json};

use super::builtin_names;
use super::value::ValueKind;
use super::written::{ELEMENTS, Key, Table, Written, WrittenElement, WrittenHead};
use crate::model::Role;
use crate::units::TYPE_SIZES;

/// The schema, as the text of a file.
pub fn schema() -> String {
    let mut properties = Map::new();
    for key in WrittenHead::KEYS {
        properties.insert(key.name.to_owned(), property(key));
    }
    properties.insert("extends".to_owned(), extends());
    for section in Written::SECTIONS {
        let description = described(section.zh, section.en);
        let table = if section.name == ELEMENTS {
            let roles: Map<String, Json> = Role::ALL
                .into_iter()
                .map(|role| {
                    let own = json!({
                        "$ref": "#/definitions/element",
                        "description": described(role.term(), role.name()),
                    });
                    (role.name().to_owned(), own)
                })
                .collect();
            object(&description, roles)
        } else {
            object(&description, properties_of(section.keys))
        };
        properties.insert(section.name.to_owned(), table);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "hongtou 样式文件 (style profile)",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "definitions": { "element": object("要素的样式\nlooks of an element", properties_of(WrittenElement::KEYS)) },
    });
    // Only maps with keys that are no strings could fail, and there are none.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn described(zh: &str, en: &str) -> String {
    format!("{zh}\n{en}")
}

fn object(description: &str, properties: Map<String, Json>) -> Json {
    json!({
        "type": "object",
        "description": description,
        "additionalProperties": false,
        "properties": properties,
    })
}

fn properties_of(keys: &[Key]) -> Map<String, Json> {
    keys.iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect()
}

fn property(key: &Key) -> Json {
    let mut property = match key.kind {
        ValueKind::Text => json!({ "type": "string" }),
        ValueKind::Flag => json!({ "type": "boolean" }),
        ValueKind::Count => json!({ "type": "integer", "minimum": 0 }),
        ValueKind::Length => json!({ "type": "string", "pattern": length_pattern() }),
        ValueKind::Chars => json!({ "type": "string", "pattern": measure_pattern("字") }),
        ValueKind::Lines => json!({ "type": "string", "pattern": measure_pattern("行") }),
        ValueKind::Choice(names) => json!({ "type": "string", "enum": names }),
    };
    property["description"] = described(key.zh, key.en).into();
    // Examples are TOML; what may stand there is JSON as well.
    if let Ok(example) = serde_json::from_str::<Json>(key.example) {
        property["examples"] = json!([example]);
    }
    property
}

fn extends() -> Json {
    let key = WrittenHead::KEYS.iter().find(|key| key.name == "extends");
    let names: Vec<&str> = builtin_names().collect();
    json!({
        "description": key.map(|key| described(key.zh, key.en)),
        "anyOf": [{ "type": "string", "enum": names }, { "type": "string", "pattern": "\\.toml$" }],
    })
}

/// A number and its unit.
fn measure_pattern(units: &str) -> String {
    format!(r"^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*({units})\s*$")
}

fn length_pattern() -> String {
    let names: Vec<&str> = TYPE_SIZES.iter().map(|(name, _)| *name).collect();
    // 3号, 小3, 小三号: as GB/T 9704 and its readers write sizes.
    format!(
        r"{}|^\s*({}|小?[初一二三四五六七八1-8]号|小[1-6])\s*$",
        measure_pattern("mm|毫米|cm|厘米|pt|磅"),
        names.join("|")
    )
}
