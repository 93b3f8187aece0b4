//! Gathering what readers find into coarse sightings, in record order, without holding a large file in memory.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::runs::{Merged, Record, Runs};
use crate::ingest::{Candidate, Census, Sink};
use crate::matching::SlotAssigner;
use crate::model::{
    Campaign, IsoWeek, Observed, Occasion, OccasionId, PassLetter, RowsMode, Sighting, SightingId, SourceKind,
};
use crate::privacy::coarsen;

/// Whose sightings are being gathered.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Slug of the campaign; wins over a document's own. The default campaign when neither names one.
    pub campaign: Option<String>,
    /// Slug of the source.
    pub source: String,
    /// Field import or list.
    pub kind: SourceKind,
    /// Wave given on the command line; wins over a document's own.
    pub wave: Option<String>,
    /// Pass given on the command line; wins over a document's own.
    pub pass: Option<PassLetter>,
    /// How rows relate; decided by each document when not given.
    pub rows: Option<RowsMode>,
}

/// A document that ended: which occasion it belongs to and who its observer is.
#[derive(Debug, Clone, Copy)]
struct Document {
    occasion: OccasionId,
    observer: Observer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Observer {
    /// Forgotten: the document turned out to be unusable.
    Nobody,
    /// Every row somebody else.
    EachRow,
    /// One observer for the whole source.
    Source(OccasionId),
    /// The observer of this document.
    Document(u32),
}

/// Receives candidates and keeps coarse sightings, sorted, on disk beyond a fixed number of them.
pub struct Gatherer {
    origin: Origin,
    occasions: Vec<Occasion>,
    documents: Vec<Document>,
    runs: Runs,
    failure: Option<io::Error>,
}

impl Gatherer {
    /// Keeps up to `in_memory` sightings in memory (40 bytes each) and spills further ones to unnamed temporary files
    /// in `spill_into`.
    #[must_use]
    pub fn new(origin: Origin, in_memory: usize, spill_into: &Path) -> Self {
        Self {
            origin,
            occasions: Vec::new(),
            documents: Vec::new(),
            runs: Runs::new(in_memory, spill_into),
            failure: None,
        }
    }

    /// Everything gathered, in record order.
    ///
    /// # Errors
    /// When a temporary file could not be written or read.
    pub fn finish(mut self) -> io::Result<Gathered> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        Ok(Gathered {
            origin: self.origin,
            occasions: self.occasions,
            documents: self.documents,
            merged: self.runs.merge()?,
            assigners: HashMap::new(),
            last: None,
            ordinals: HashMap::new(),
        })
    }

    fn document(&self) -> u32 {
        u32::try_from(self.documents.len()).unwrap_or(u32::MAX)
    }

    fn occasion(&mut self, census: &Census) -> OccasionId {
        let occasion = Occasion {
            campaign: self.origin.campaign.clone().or_else(|| census.campaign.clone()).unwrap_or_else(default_campaign),
            source: self.origin.source.clone(),
            kind: self.origin.kind,
            wave: self.origin.wave.clone().or_else(|| census.wave.clone()),
            pass: self.origin.pass.or(census.pass),
            key_epoch: 0,
        };
        let known = self.occasions.iter().position(|known| *known == occasion);
        let at = known.unwrap_or_else(|| {
            self.occasions.push(occasion);
            self.occasions.len() - 1
        });
        OccasionId(u32::try_from(at).unwrap_or(u32::MAX))
    }
}

impl Sink for Gatherer {
    fn candidate(&mut self, candidate: Candidate) {
        let record = Record { sighting: coarsen(candidate), document: self.document() };
        if let Err(failure) = self.runs.push(record) {
            self.failure.get_or_insert(failure);
        }
    }

    fn end_document(&mut self, census: &Census) {
        let occasion = self.occasion(census);
        let carries_census = *census != Census::default();
        let rows = self.origin.rows.unwrap_or(if carries_census { RowsMode::Survey } else { RowsMode::Register });
        let observer = match rows {
            RowsMode::Register => Observer::Source(occasion),
            RowsMode::Survey => Observer::Document(self.document()),
            RowsMode::Reports => Observer::EachRow,
        };
        self.documents.push(Document { occasion, observer });
    }

    fn discard_document(&mut self) {
        self.documents.push(Document { occasion: OccasionId(0), observer: Observer::Nobody });
    }
}

/// Sightings in record order, each with its occasion, slot and content-derived id. An iterator: a file of any size
/// passes through.
pub struct Gathered {
    origin: Origin,
    occasions: Vec<Occasion>,
    documents: Vec<Document>,
    merged: Merged,
    assigners: HashMap<Observer, SlotAssigner>,
    last: Option<Sighting>,
    ordinals: HashMap<OccasionId, u32>,
}

impl Gathered {
    /// The occasions that [`Observed::occasion`] points into.
    #[must_use]
    pub fn occasions(&self) -> &[Occasion] {
        &self.occasions
    }

    /// How the rows of the accepted documents related, where all agree.
    #[must_use]
    pub fn rows(&self) -> Option<RowsMode> {
        let mut all = self.documents.iter().filter_map(|document| match document.observer {
            Observer::Nobody => None,
            Observer::EachRow => Some(RowsMode::Reports),
            Observer::Source(_) => Some(RowsMode::Register),
            Observer::Document(_) => Some(RowsMode::Survey),
        });
        let first = all.next()?;
        all.all(|rows| rows == first).then_some(first)
    }

    fn complete(&mut self, record: Record) -> Option<(SightingId, Observed)> {
        let document = *self.documents.get(record.document as usize)?;
        if document.observer == Observer::Nobody {
            return None;
        }
        // The slot a device assigned is not part of the id, and sorts last: records that differ in it alone are equals.
        let bare = Sighting { slot: 0, ..record.sighting };
        if self.last != Some(bare) {
            self.last = Some(bare);
            self.ordinals.clear();
        }
        let ordinal = self.ordinals.entry(document.occasion).or_default();
        let occasion = self.occasions.get(document.occasion.0 as usize)?;
        let id = content_id(&self.origin, occasion, &record.sighting, *ordinal);
        *ordinal += 1;
        let mut sighting = record.sighting;
        if document.observer != Observer::EachRow {
            sighting.slot = self.assigners.entry(document.observer).or_default().next(&sighting);
        }
        Some((id, Observed { sighting, occasion: document.occasion }))
    }
}

impl Iterator for Gathered {
    type Item = io::Result<(SightingId, Observed)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.merged.next()? {
                Err(e) => return Some(Err(e)),
                Ok(record) => {
                    if let Some(complete) = self.complete(record) {
                        return Some(Ok(complete));
                    }
                }
            }
        }
    }
}

fn default_campaign() -> String {
    Campaign::DEFAULT_SLUG.to_owned()
}

/// Id of an imported sighting: a hash of where it was imported from, the coarse record and its ordinal among equal
/// ones. The same file gives the same ids, so importing it again changes nothing. Covers nothing finer than a cell.
fn content_id(origin: &Origin, occasion: &Occasion, sighting: &Sighting, ordinal: u32) -> SightingId {
    let mut hash = Sha256::new();
    for part in [&occasion.campaign, &origin.source, occasion.wave.as_deref().unwrap_or_default()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.update([occasion.pass.map_or(0, |pass| pass.letter() as u8)]);
    hash.update(u64::from(sighting.cell).to_be_bytes());
    hash.update(sighting.facing.bits().to_be_bytes());
    hash.update(sighting.week.map_or(0, IsoWeek::number).to_be_bytes());
    hash.update(sighting.maker.code().to_be_bytes());
    hash.update([sighting.kind.code(), sighting.operator.code(), sighting.mount.code(), sighting.linked.code()]);
    hash.update([sighting.basis.code(), sighting.heads, sighting.position.code()]);
    hash.update(ordinal.to_be_bytes());
    let digest = hash.finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    SightingId(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Formats, Limits, ReadOptions, read};

    fn gather(text: &str, rows: Option<RowsMode>) -> Vec<(SightingId, Observed)> {
        let options = ReadOptions {
            formats: Formats::All,
            mapping: None,
            gunzip: false,
            bounds: None,
            repair_swapped: false,
            kind_required: false,
            default_week: None,
            current_week: IsoWeek::new(2026, 47).unwrap(),
            limits: Limits { features: 100, feature_bytes: 10_000 },
        };
        let (campaign, source) = (None, "test".to_owned());
        let origin = Origin { campaign, source, kind: SourceKind::Import, wave: None, pass: None, rows };
        let mut gatherer = Gatherer::new(origin, 100, Path::new(""));
        read(text.as_bytes(), &options, &mut gatherer).unwrap();
        gatherer.finish().unwrap().map(Result::unwrap).collect()
    }

    fn collection(members: &str, slots: &[u8]) -> String {
        let features: Vec<String> = slots
            .iter()
            .map(|slot| {
                format!(
                    r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[13.4,52.5]}},"properties":{{"kind":"dome","slot":{slot}}}}}"#
                )
            })
            .collect();
        format!(r#"{{"type":"FeatureCollection"{members},"features":[{}]}}"#, features.join(","))
    }

    #[test]
    fn two_cameras_that_differ_in_their_slot_alone_are_two_rows() {
        for rows in [None, Some(RowsMode::Reports), Some(RowsMode::Survey)] {
            let gathered = gather(&collection("", &[0, 1, 1]), rows);
            let ids: std::collections::BTreeSet<SightingId> = gathered.iter().map(|(id, _)| *id).collect();
            assert_eq!(ids.len(), 3, "{rows:?}");
        }
    }

    #[test]
    fn the_same_file_gives_the_same_ids() {
        let text = collection("", &[0, 1, 2]);
        assert_eq!(gather(&text, None), gather(&text, None));
    }

    #[test]
    fn rows_of_a_register_are_cameras_and_reports_are_not_told_apart() {
        let slots =
            |rows| gather(&collection("", &[0, 0, 0]), rows).iter().map(|(_, o)| o.sighting.slot).collect::<Vec<_>>();
        assert_eq!(slots(Some(RowsMode::Register)), [0, 1, 2]);
        assert_eq!(slots(Some(RowsMode::Reports)), [0, 0, 0]);
    }
}
