//! Reads effort files one after the other and gathers what is good in them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::code::Code;
use super::outer::outer;
use super::read::{Census, Feature, feature};
use crate::model::{
    AuditUnit, Campaign, DocumentReport, Effort, EffortMark, Note, PassLetter, Problem, UnitId, UnitKind, UnitShape,
    UnitState, WaveEffort,
};

/// What the caller says of all features; wins over what they say of themselves.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Slug of the campaign; else the one a collection names, or the default campaign.
    pub campaign: Option<String>,
    /// Slug of the wave.
    pub wave: Option<String>,
    /// The team.
    pub pass: Option<PassLetter>,
    /// The files hold every unit there is, walked or not.
    pub is_frame: bool,
}

/// Campaign and wave.
type WaveKey = (String, String);
/// What the passes of a wave say: the state, and whether nothing was seen.
type WaveMarks = BTreeMap<(UnitId, PassLetter), UnitState>;

/// Gathers units and marks. The same whatever order features and files come in, except that the first unit of a wave
/// decides whether it is one of streets or of cells.
#[derive(Debug)]
pub struct EffortReader {
    given: Census,
    is_frame: bool,
    kinds: BTreeMap<WaveKey, UnitKind>,
    shapes: BTreeMap<UnitId, UnitShape>,
    marks: BTreeMap<WaveKey, WaveMarks>,
}

impl EffortReader {
    /// A reader. `kinds` tells of waves that have marks already, by campaign and wave, whether they are of streets or cells.
    #[must_use]
    pub fn new(options: ReadOptions, kinds: BTreeMap<(String, String), UnitKind>) -> Self {
        let ReadOptions { campaign, wave, pass, is_frame } = options;
        let given = Census { campaign, wave, pass };
        Self { given, is_frame, kinds, shapes: BTreeMap::new(), marks: BTreeMap::new() }
    }

    /// Reads one file: a `FeatureCollection`, a `Feature`, or one of these on each line. Of a bad feature nothing is kept, and
    /// a good one is not touched by it; of a file that is no GeoJSON nothing is kept at all.
    pub fn read(&mut self, bytes: &[u8]) -> DocumentReport {
        let mut report = DocumentReport::default();
        let outer = match outer(bytes) {
            Ok(outer) => outer,
            Err(code) => {
                report.problems.push(problem(String::new(), code));
                return report;
            }
        };
        report.format = outer.format;
        let mut has_others = false;
        for part in outer.parts {
            let texts = match &part.features {
                Ok(texts) => texts,
                Err(code) => {
                    refuse(&mut report, *code, || part.pointer(0));
                    continue;
                }
            };
            for (index, text) in texts.iter().enumerate() {
                let read = feature(text, &self.given, &part.census);
                if let Ok(Feature { has_others: true, .. }) = read {
                    has_others = true;
                }
                if let Err((within, code)) =
                    read.and_then(|feature| self.add(feature, &mut report, || part.pointer(index)))
                {
                    refuse(&mut report, code, || format!("{}{within}", part.pointer(index)));
                } else {
                    report.features += 1;
                    report.accepted += 1;
                }
            }
        }
        if has_others {
            report.dropped.push("(unnamed)".to_owned());
        }
        report
    }

    /// Everything that was gathered, in canonical order.
    #[must_use]
    pub fn finish(self) -> Effort {
        let units = self.shapes.into_iter().map(|(id, shape)| AuditUnit { id, shape }).collect();
        let waves = self.marks.into_iter().map(|((campaign, wave), marks)| {
            let marks: Vec<EffortMark> =
                marks.into_iter().map(|((unit, pass), state)| EffortMark { unit, pass, state }).collect();
            let is_frame = self.is_frame || marks.iter().any(|mark| mark.state == UnitState::NotWalked);
            WaveEffort { campaign, wave, is_frame, marks }
        });
        Effort { units, waves: waves.collect() }
    }

    fn add(
        &mut self,
        feature: Feature,
        report: &mut DocumentReport,
        pointer: impl Fn() -> String,
    ) -> Result<(), (&'static str, Code)> {
        let Feature { shapes, state, census, .. } = feature;
        let Census { campaign, wave: Some(wave), pass: Some(pass) } = census else {
            return Err(("/properties", Code::WaveMissing));
        };
        let campaign = campaign.unwrap_or_else(|| Campaign::DEFAULT_SLUG.to_owned());
        let key = (campaign, wave);
        if let Some(kind) = shapes.first().map(UnitShape::kind)
            && *self.kinds.entry(key.clone()).or_insert(kind) != kind
        {
            return Err(("/geometry", Code::MixedUnits));
        }
        let marks = self.marks.entry(key).or_default();
        let mut contradicts = false;
        for shape in shapes {
            let AuditUnit { id, shape } = AuditUnit::new(shape);
            self.shapes.entry(id).or_insert(shape);
            match marks.entry((id, pass)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(state);
                }
                Entry::Occupied(mut occupied) => {
                    let before = *occupied.get();
                    contradicts |= before != state;
                    let less = if completeness(before) <= completeness(state) { before } else { state };
                    occupied.insert(less);
                }
            }
        }
        if contradicts {
            note(report, Code::Contradiction, &pointer);
        }
        Ok(())
    }
}

/// States from the least complete to the most.
const fn completeness(state: UnitState) -> u8 {
    match state {
        UnitState::NotWalked => 0,
        UnitState::NotVisible => 1,
        UnitState::Partial => 2,
        UnitState::Complete => 3,
    }
}

fn problem(pointer: String, code: Code) -> Problem {
    Problem { pointer, code: code.name(), message: code.sentence().to_owned() }
}

fn refuse(report: &mut DocumentReport, code: Code, pointer: impl FnOnce() -> String) {
    report.features += 1;
    report.refused += 1;
    *report.refused_by.entry(code.name()).or_default() += 1;
    if report.problems.len() < DocumentReport::PROBLEMS_KEPT {
        report.problems.push(problem(pointer(), code));
    }
}

fn note(report: &mut DocumentReport, code: Code, pointer: &impl Fn() -> String) {
    match report.notes.iter_mut().find(|note| note.code == code.name()) {
        Some(note) => note.count += 1,
        None => report.notes.push(Note {
            pointer: pointer(),
            code: code.name(),
            message: code.sentence().to_owned(),
            count: 1,
        }),
    }
}
