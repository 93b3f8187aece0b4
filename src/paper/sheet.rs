//! A document as the data of the template, and its maps as files beside it.

use serde_json::{Value, json};

use super::pdf::{Links, Paper};
use super::{Fonts, PaperError};
use crate::briefing::{Block, Document};
use crate::language::{Language, Messages};

/// The look of a map on paper: the classes of the site's style sheet in the colours of its light scheme.
const STYLE: &str = include_str!("map.css");
/// More maps than this are not laid out: file names are kept by typst for ever.
const MAPS: usize = 8;

/// How closely a document is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Size of type, of what it is by default.
    pub(super) scale: f64,
    /// Whether a section that asks for it begins a page.
    pub(super) breaks: bool,
    /// How many times as wide as the legend beside it the map is; `None` for one of the width of the sheet, with its legend
    /// below.
    pub(super) map: Option<f64>,
    /// Room around headings and between lines of a list, of what it is by default.
    pub(super) spacing: f64,
}

/// The data of the template and the files it reads.
pub(super) fn files(
    document: &Document,
    paper: Paper,
    links: Links<'_>,
    fonts: &Fonts,
    setting: Setting,
) -> Result<Vec<(String, Vec<u8>)>, PaperError> {
    let mut data = serde_json::to_value(document).map_err(|error| PaperError::Template(error.to_string()))?;
    let mut files = Vec::new();
    address(&mut data, links, document.language);
    name_maps(&mut data);
    for svg in maps(document).take(MAPS) {
        files.push((format!("map-{}.svg", files.len()), styled(svg).into_bytes()));
    }
    let stamp = &document.stamp;
    let (lang, region) = tongue(document.language);
    let messages = Messages::of(document.language);
    let settings = json!({
        "paper": paper.name(),
        "scale": setting.scale,
        "breaks": setting.breaks,
        "map": setting.map,
        "spacing": setting.spacing,
        "lang": lang,
        "region": region,
        "direction": document.language.direction(),
        "fonts": fonts.families(),
        "code_font": Fonts::code(),
        "page_of": messages.with_texts("paper-page-of", &[("page", "{page}"), ("pages", "{pages}")]),
        "release": messages.get("footer-release"),
        "keywords": [&stamp.census, &stamp.release, &stamp.licence, &stamp.software],
        "method": address_of(links, document.language, "page", "method"),
    });
    let text = json!({ "document": data, "settings": settings }).to_string();
    files.push(("data.json".to_owned(), text.into_bytes()));
    Ok(files)
}

/// Everything that is printed, to look whether there are glyphs for it.
pub(super) fn texts(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    if let Ok(data) = serde_json::to_value(document) {
        strings(&data, "", &mut all);
    }
    let messages = Messages::of(document.language);
    all.push(messages.get("paper-page-of").into_owned());
    all.push(messages.get("footer-release").into_owned());
    for svg in maps(document) {
        all.extend(svg.split("<text").skip(1).filter_map(|rest| rest.split("</text>").next()).map(str::to_owned));
    }
    all
}

fn maps(document: &Document) -> impl Iterator<Item = &str> {
    document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Map(map) => Some(map.svg.as_str()),
        _ => None,
    })
}

/// Strings of the document that are printed: not the drawing, nor what stands in its place for those who cannot see it.
fn strings(data: &Value, key: &str, all: &mut Vec<String>) {
    match data {
        Value::String(text) if !matches!(key, "svg" | "alternative" | "path" | "anchor") => all.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, key, all)),
        Value::Object(members) => members.iter().for_each(|(key, value)| strings(value, key, all)),
        _ => {}
    }
}

/// Puts the file of each map in place of its drawing.
fn name_maps(data: &mut Value) {
    let mut maps = 0;
    let sections = data.get_mut("sections").and_then(Value::as_array_mut);
    let blocks = sections.into_iter().flatten().filter_map(|section| section.get_mut("blocks")?.as_array_mut());
    for content in blocks.flatten().filter_map(|block| block.get_mut("content")) {
        if let Some(svg) = content.get_mut("svg") {
            *svg = json!(format!("map-{maps}.svg"));
            maps += 1;
        }
    }
}

/// Gives each link its address, where there is one.
fn address(data: &mut Value, links: Links<'_>, language: Language) {
    match data {
        Value::Array(items) => items.iter_mut().for_each(|item| address(item, links, language)),
        Value::Object(members) => {
            let member = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
            if let (Some(to), Some(path)) = (member("to"), member("path")) {
                members.insert("address".to_owned(), json!(address_of(links, language, &to, &path)));
            }
            members.values_mut().for_each(|value| address(value, links, language));
        }
        _ => {}
    }
}

fn address_of(links: Links<'_>, language: Language, to: &str, path: &str) -> Option<String> {
    match (to, links) {
        ("outside", _) => Some(path.to_owned()),
        (_, Links::Unknown) => None,
        // Paper speaks of one release for ever, and so do its links.
        ("page", Links::Served { base, release }) => {
            Some(format!("{base}{}releases/{release}/{path}", language.prefix()))
        }
        ("page", Links::Files { base, release }) => {
            let (path, anchor) = path.split_once('#').map_or((path, None), |(path, anchor)| (path, Some(anchor)));
            let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
            let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            Some(format!("{base}{}releases/{release}/{path}{slash}index.html{anchor}", language.prefix()))
        }
        (_, Links::Served { base, release } | Links::Files { base, release }) => {
            Some(format!("{base}data/{release}/{path}"))
        }
    }
}

/// Language and region as typst knows them.
fn tongue(language: Language) -> (&'static str, Option<&'static str>) {
    match language.code().split_once('-') {
        Some((lang, "Hans")) => (lang, Some("cn")),
        Some((lang, _)) => (lang, None),
        None => (language.code(), None),
    }
}

/// A drawing of the site as a file of its own: with its name space, and with the look that the style sheet gives it there.
pub(super) fn styled(svg: &str) -> String {
    let Some((head, rest)) = svg.split_once('>') else { return svg.to_owned() };
    let space = if head.contains("xmlns=") { "" } else { " xmlns=\"http://www.w3.org/2000/svg\"" };
    format!("{head}{space}><style>{STYLE}</style>{rest}")
}
