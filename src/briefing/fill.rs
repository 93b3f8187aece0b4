//! Facts in, document out.

use super::document::{Document, Incomplete, Section, Stamp};
use super::facts::Facts;
use super::say::Say;
use super::{beside, change, count, effort, method, shares};
use crate::language::Language;

/// Says these facts in a language.
///
/// # Errors
/// When a statement came out without something that it must have.
pub fn document(facts: &Facts, language: Language) -> Result<Document, Incomplete> {
    let say = Say::of(language);
    let mut sections = vec![count::section(&say, facts)];
    sections.extend(count::map(&say, facts));
    sections.push(effort::section(&say, facts));
    sections.push(Section { begins_page: true, ..shares::section(&say, facts) });
    sections.push(change::section(&say, facts));
    sections.push(beside::nearby(&say, facts));
    sections.push(beside::figures(&say, facts));
    sections.push(method::limits(&say, facts));
    sections.push(method::check(&say, facts));
    let release = &facts.release;
    let document = Document {
        language,
        title: say.with("briefing-title", &[("area", &facts.area.name)]),
        lead: count::sentence(&say, &facts.area),
        stamp: Stamp {
            census: release.census.clone(),
            release: release.id.clone(),
            as_of: say.week(release.week),
            sha256: release.sha256.clone(),
            licence: release.licence.clone(),
            citation: release.citation.clone(),
            software: release.software.clone(),
        },
        sections,
    };
    document.verify()?;
    Ok(document)
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
