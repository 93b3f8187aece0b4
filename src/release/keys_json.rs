//! `keys.json`: the public keys of tokens, so that anyone can see that all volunteers were given the same ones.

use serde_json::{Value, json};

use crate::model::TokenKey;
use crate::tokens::{encode, key_id};

/// The keys in canonical order, under the names that `/api/v1/tokens/keys` has for the same things.
pub(super) fn keys(keys: &[TokenKey]) -> Value {
    let rows: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({
                "campaign": key.campaign,
                "epoch": key.epoch,
                "team": key.team.map(|team| team.to_string()),
                "wave": key.wave,
                "purpose": key.purpose.word(),
                "id": encode(&key_id(key)),
                "public": encode(&key.public),
            })
        })
        .collect();
    json!({ "keys": rows })
}
