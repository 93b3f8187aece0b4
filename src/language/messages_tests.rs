use std::collections::BTreeSet;

use super::*;
use crate::model::{Kind, Operator};

/// Keys of the messages in a source text.
fn keys(language: Language) -> BTreeSet<String> {
    language
        .sources()
        .all()
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" = ").map(|(key, _)| key.to_owned()))
        .collect()
}

/// The literals that stand between `before` and a quotation mark.
fn literals(text: &str, before: &str) -> Vec<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn every_language_has_every_key_and_no_errors() {
    for language in Language::ALL {
        for source in language.sources().all() {
            assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{language:?} does not parse");
        }
        assert_eq!(keys(language), keys(Language::English), "{language:?}");
        for key in keys(language) {
            assert!(Messages::of(language).has(&key), "{language:?} {key}");
        }
    }
}

#[test]
fn every_language_uses_the_same_arguments_in_a_message() {
    let arguments = |language: Language, key: &str| -> BTreeSet<String> {
        let text = language.sources().all().join("\n");
        let mut lines = text.split(&format!("\n{key} = ")).nth(1).unwrap().lines();
        let first = lines.next().into_iter();
        // A message goes on in lines that are indented, and ends with a brace at the latest.
        let entry: String = first.chain(lines.take_while(|line| line.starts_with([' ', '}']))).collect();
        entry.split('$').skip(1).map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
    };
    for key in keys(Language::English) {
        for language in Language::ALL {
            assert_eq!(arguments(language, &key), arguments(Language::English, &key), "{language:?} {key}");
        }
    }
}

#[test]
fn every_key_that_a_template_names_exists() {
    let english = keys(Language::English);
    let mut named = Vec::new();
    for template in [
        include_str!("../../templates/base.html"),
        include_str!("../../templates/home.html"),
        include_str!("../../templates/map.html"),
        include_str!("../../templates/parts/cells.html"),
        include_str!("../../templates/parts/empty.html"),
        include_str!("../../templates/parts/lists.html"),
        include_str!("../../templates/parts/search.html"),
        include_str!("../../templates/parts/shares.html"),
        include_str!("../../templates/parts/walk.html"),
        include_str!("../../templates/data.html"),
        include_str!("../../templates/privacy.html"),
        include_str!("../../templates/releases.html"),
        include_str!("../../templates/method.html"),
        include_str!("../../templates/error.html"),
        include_str!("../../templates/compare.html"),
        include_str!("../../templates/areas.html"),
        include_str!("../../templates/area_set.html"),
        include_str!("../../templates/area.html"),
        include_str!("../../templates/briefing.html"),
        include_str!("../../templates/latest.html"),
        include_str!("../../templates/lost.html"),
        include_str!("../../templates/ogc.html"),
        include_str!("../../templates/review.html"),
        include_str!("../../templates/review_join.html"),
        include_str!("../../templates/review_log.html"),
        include_str!("../../templates/review_login.html"),
        include_str!("../../templates/review_preview.html"),
        include_str!("../../templates/submit.html"),
        include_str!("../../templates/submitted.html"),
        include_str!("../../templates/sheets.html"),
        include_str!("../../templates/queue.html"),
    ] {
        for call in ["page.t(\"", "page.term(\"", "page.t1(\"", "page.tn(\""] {
            named.extend(literals(template, call));
        }
    }
    assert!(named.len() > 100, "the templates were read");
    for key in named {
        assert!(english.contains(&key), "no message {key}");
    }
    for kind in Kind::ALL {
        assert!(english.contains(&format!("kind-{}", kind.word())), "{kind}");
    }
    for operator in Operator::ALL {
        assert!(english.contains(&format!("operator-{}", operator.word())), "{operator}");
    }
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let written = |value| Language::ALL.map(|language| Messages::of(language).number(value));
    assert_eq!(written(0), ["0"; 6]);
    assert_eq!(written(1234), ["1,234", "1234", "1\u{202f}234", "1.234", "1,234", "1,234"]);
    let million = ["1,234,567", "1.234.567", "1\u{202f}234\u{202f}567", "1.234.567", "1,234,567", "1,234,567"];
    assert_eq!(written(1_234_567), million);
    let measured = |value| Language::ALL.map(|language| Messages::of(language).measure(value));
    assert_eq!(measured(0.0), ["0"; 6]);
    assert_eq!(measured(0.737_327), ["0.737", "0,737", "0,737", "0,737", "0.737", "0.737"]);
    assert_eq!(measured(12_393.4), ["12,393", "12.393", "12\u{202f}393", "12.393", "12,393", "12,393"]);
    assert_eq!(measured(5.0), ["5"; 6]);
}

#[test]
fn numbers_inside_sentences_are_grouped_and_choose_the_plural() {
    let say = |language, value: u64| {
        let arguments = FluentArgs::from_iter([("value", value)]);
        Messages::of(language).with("cells-all", &arguments).into_owned()
    };
    assert_eq!(say(Language::English, 1), "1 cell with cameras.");
    assert_eq!(say(Language::English, 61_768), "61,768 cells with cameras.");
    assert_eq!(say(Language::Spanish, 61_768), "61.768 celdas con cámaras.");
    assert_eq!(say(Language::French, 0), "0 cellule avec des caméras.");
}

#[test]
fn the_language_stands_first_in_the_path() {
    for (path, expected) in [
        ("/", (Language::English, "/")),
        ("/es", (Language::Spanish, "/")),
        ("/es/", (Language::Spanish, "/")),
        ("/fr/data", (Language::French, "/data")),
        ("/france", (Language::English, "/france")),
        ("/zh-Hans/areas", (Language::Chinese, "/areas")),
        ("/zh/areas", (Language::English, "/zh/areas")),
        ("/ar", (Language::Arabic, "/")),
        ("/data/es", (Language::English, "/data/es")),
    ] {
        assert_eq!(Language::of_path(path), expected, "{path}");
    }
}
