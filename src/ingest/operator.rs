//! What sort of body an operator is, from the words of its name.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::{Maker, Operator};

/// Parts of names, in the order in which they decide; all lower case. A part that ends in `*` may go on within the
/// word, one that begins with `*` may begin within it.
const WORDS: &[(Operator, &[&str])] = &[
    // An association watches streets and gates, not somebody's door.
    (
        Operator::Other,
        &[
            "homeowners association",
            "homeowner s association",
            "homeowner's association",
            "home owners association",
            "owners association",
            "owners' association",
            "residents association",
            "homes association",
            "hoa",
        ],
    ),
    (
        Operator::Household,
        &[
            "homeowner",
            "home owner",
            "household",
            "resident",
            "private residence",
            "private person",
            "privatperson",
            "particulier",
        ],
    ),
    (
        Operator::Education,
        &[
            "university",
            "université",
            "universität",
            "universidad",
            "università",
            "universiteit",
            "college",
            "school",
            "schools",
            "schule",
            "*schule",
            "école",
            "ecole",
            "escuela",
            "scuola",
            "campus",
            "academy",
            "eth",
        ],
    ),
    (
        Operator::Police,
        &[
            "police",
            "polizei",
            "*polizei",
            "policía",
            "policia",
            "polizia",
            "politie",
            "polis",
            "policja",
            "gendarmerie",
            "carabinieri",
            "sheriff",
            "sheriffs",
            "constable",
            "marshal",
            "state patrol",
            "highway patrol",
            "chp",
            "mpd",
            "nypd",
            "lapd",
            "public safety",
            "law enforcement",
            "préfecture de police",
            "garda",
            "psd",
        ],
    ),
    (
        Operator::Transit,
        &[
            "transit",
            "metro",
            "mta",
            "railway",
            "railways",
            "rail",
            "bahn",
            "verkehrsbetriebe",
            "ratp",
            "sncf",
            "sbb",
            "cff",
            "ffs",
            "rhb",
            "bls",
            "öbb",
            "db",
            "tfl",
            "subway",
            "u-bahn",
            "tram",
            "airport",
            "flughafen",
            "aéroport",
            "port authority",
            "železnice",
            "transport authority",
            "bus",
            "bart",
        ],
    ),
    (
        Operator::Traffic,
        &[
            "department of transportation",
            "dept of transportation",
            "transportation",
            "ddot",
            "dot",
            "highways",
            "turnpike",
            "turnpikes",
            "toll",
            "tollway",
            "roads",
            "traffic",
            "astra",
            "autobahn",
            "autoroutes",
            "tiefbau",
            "highway authority",
        ],
    ),
    (
        Operator::Government,
        &[
            "city of",
            "town of",
            "village of",
            "county of",
            "borough of",
            "state of",
            "county",
            "township",
            "city council",
            "council",
            "municipality",
            "municipal",
            "government",
            "department of",
            "ministry",
            "parish",
            "district of",
            "stadt",
            "gemeinde",
            "*gemeinde",
            "kanton",
            "landkreis",
            "ville de",
            "commune de",
            "mairie",
            "préfecture",
            "prefecture",
            "ayuntamiento",
            "comune di",
            "gemeente",
            "federal",
            "bundes*",
            "zoll",
            "customs",
            "border",
            "national park",
            "forest service",
            "army",
            "navy",
            "air force",
            "housing authority",
            "public works",
            "fire department",
            "hoa authority",
            "post",
            "court",
            "library",
        ],
    ),
    (
        Operator::Business,
        &[
            "inc",
            "llc",
            "ltd",
            "limited",
            "gmbh",
            "ag",
            "sa",
            "sarl",
            "corp",
            "corporation",
            "company",
            "co",
            "shop",
            "store",
            "stores",
            "mall",
            "market",
            "supermarket",
            "bank",
            "*bank",
            "banque",
            "banca",
            "hotel",
            "restaurant",
            "lowe's",
            "lowes",
            "home depot",
            "meijer",
            "walmart",
            "target",
            "simon property group",
            "properties",
            "property",
            "apartments",
            "hoa",
            "homeowners association",
            "migros",
            "migrolino",
            "coop",
            "spar",
            "ubs",
            "socar",
            "parking",
            "casino",
            "cinema",
            "security",
            "estates",
            "plaza",
            "shopping",
        ],
    ),
];

/// Remembers what names say: a file repeats a few hundred names in as many thousand rows.
#[derive(Debug, Default)]
pub(super) struct Operators(RefCell<HashMap<String, Operator>>);

impl Operators {
    /// Names remembered; beyond, memory would grow with the file.
    const MOST: usize = 4096;

    /// The sort of body a name speaks of; unknown when it says nothing.
    pub(super) fn of(&self, name: &str) -> Operator {
        let mut known = self.0.borrow_mut();
        if let Some(operator) = known.get(name) {
            return *operator;
        }
        let operator = operator_from_name(name);
        if known.len() < Self::MOST {
            known.insert(name.to_owned(), operator);
        }
        operator
    }
}

/// The sort of body a name speaks of; unknown when it says nothing, and for a maker: who sells a camera seldom runs it.
fn operator_from_name(name: &str) -> Operator {
    if let Some(operator) = Operator::from_word(name) {
        return operator;
    }
    if Maker::find(name).is_some() {
        return Operator::Unknown;
    }
    let lower = name.to_lowercase();
    let found = WORDS.iter().find(|(_, words)| words.iter().any(|word| contains(&lower, word)));
    found.map_or(Operator::Unknown, |(operator, _)| *operator)
}

/// Whether a whole word (or several) stands in a text; `*` lifts the border on its side.
fn contains(text: &str, pattern: &str) -> bool {
    let open_start = pattern.starts_with('*');
    let open_end = pattern.ends_with('*');
    let word = pattern.trim_matches('*');
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        (open_start || !before.is_some_and(char::is_alphanumeric))
            && (open_end || !after.is_some_and(char::is_alphanumeric))
    })
}

/// Spellings of "I do not know", which need no note.
pub(super) fn says_unknown(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "unknown",
        "unkwn",
        "unk",
        "other",
        "generic",
        "none",
        "n/a",
        "na",
        "?",
        "-",
        "no",
        "yes",
        "null",
        "unspecified",
        "not visible",
        "various",
    ];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_operators_find_their_sort() {
        for (name, operator) in [
            ("San Diego Police Department", Operator::Police),
            ("Volusia County Sheriff's Office", Operator::Police),
            ("California Highway Patrol (CHP)", Operator::Police),
            ("Kantonspolizei Zürich", Operator::Police),
            ("Préfecture de Police", Operator::Police),
            ("City of Beverly Hills", Operator::Government),
            ("Stadt Winterthur", Operator::Government),
            ("NYC Department of Transportation", Operator::Traffic),
            ("New Hampshire Bureau of Turnpikes", Operator::Traffic),
            ("SBB", Operator::Transit),
            ("Rancho Home Owners Association", Operator::Other),
            ("Homeowner's Association", Operator::Other),
            ("University of Chicago Police", Operator::Education),
            ("Los Angeles Unified School District", Operator::Education),
            ("Lowe's", Operator::Business),
            ("Thurgauer Kantonalbank", Operator::Business),
            ("police", Operator::Police),
            ("Flock Safety", Operator::Unknown),
            ("Sonne", Operator::Unknown),
            ("Costco", Operator::Unknown),
        ] {
            assert_eq!(operator_from_name(name), operator, "{name}");
        }
    }
}
