//! An external merge sort of coarse sightings: sorted runs in unnamed temporary files, merged while reading.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use h3o::CellIndex;

use crate::model::{Basis, Facing, IsoWeek, Kind, Linked, Maker, Mount, Operator, PositionClass, Sighting};

/// A sighting and the number of the document it came in. Slots are not assigned yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    pub(super) sighting: Sighting,
    pub(super) document: u32,
}

/// Bytes of an encoded record.
const WIDTH: usize = 34;

/// Collects records and keeps them in sorted runs.
pub(super) struct Runs {
    in_memory: usize,
    spill_into: PathBuf,
    current: Vec<Record>,
    spilled: Vec<File>,
}

impl Runs {
    pub(super) fn new(in_memory: usize, spill_into: &Path) -> Self {
        Self { in_memory, spill_into: spill_into.to_owned(), current: Vec::new(), spilled: Vec::new() }
    }

    pub(super) fn push(&mut self, record: Record) -> io::Result<()> {
        if self.current.len() >= self.in_memory {
            self.spill()?;
        }
        self.current.push(record);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.current.sort_unstable();
        std::fs::create_dir_all(&self.spill_into)?;
        let mut out = BufWriter::with_capacity(1 << 18, tempfile::tempfile_in(&self.spill_into)?);
        for record in self.current.drain(..) {
            out.write_all(&encode(&record))?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        self.spilled.push(file);
        Ok(())
    }

    /// Everything pushed, sorted.
    pub(super) fn merge(mut self) -> io::Result<Merged> {
        self.current.sort_unstable();
        let mut merged = Merged { runs: Vec::new(), heads: BinaryHeap::new() };
        for file in self.spilled {
            merged.runs.push(Run::File(BufReader::with_capacity(1 << 18, file)));
        }
        merged.runs.push(Run::Memory(self.current.into_iter()));
        for number in 0..merged.runs.len() {
            merged.refill(number)?;
        }
        Ok(merged)
    }
}

enum Run {
    File(BufReader<File>),
    Memory(std::vec::IntoIter<Record>),
}

impl Run {
    fn next(&mut self) -> io::Result<Option<Record>> {
        match self {
            Self::Memory(records) => Ok(records.next()),
            Self::File(file) => {
                let mut bytes = [0; WIDTH];
                match file.read_exact(&mut bytes) {
                    Ok(()) => decode(&bytes).map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into()),
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
                    Err(e) => Err(e),
                }
            }
        }
    }
}

/// The merged runs, smallest record first.
pub(super) struct Merged {
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<(Record, usize)>>,
}

impl Merged {
    fn refill(&mut self, number: usize) -> io::Result<()> {
        if let Some(run) = self.runs.get_mut(number)
            && let Some(record) = run.next()?
        {
            self.heads.push(Reverse((record, number)));
        }
        Ok(())
    }
}

impl Iterator for Merged {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((record, number)) = self.heads.pop()?;
        Some(self.refill(number).map(|()| record))
    }
}

fn encode(record: &Record) -> [u8; WIDTH] {
    let s = &record.sighting;
    let mut bytes = [0; WIDTH];
    let mut out = &mut bytes[..];
    let parts: [&[u8]; 6] = [
        &u64::from(s.cell).to_be_bytes(),
        &s.facing.bits().to_be_bytes(),
        &s.week.map_or(0, IsoWeek::number).to_be_bytes(),
        &s.maker.code().to_be_bytes(),
        &record.document.to_be_bytes(),
        &[
            s.kind.code(),
            s.operator.code(),
            s.mount.code(),
            s.linked.code(),
            s.basis.code(),
            s.heads,
            s.position.code(),
            s.slot,
        ],
    ];
    for part in parts {
        let (head, tail) = out.split_at_mut(part.len());
        head.copy_from_slice(part);
        out = tail;
    }
    bytes
}

fn decode(bytes: &[u8; WIDTH]) -> Option<Record> {
    let week = i32::from_be_bytes(bytes.get(16..20)?.try_into().ok()?);
    let sighting = Sighting {
        cell: CellIndex::try_from(u64::from_be_bytes(bytes.get(0..8)?.try_into().ok()?)).ok()?,
        facing: Facing::from_bits(u64::from_be_bytes(bytes.get(8..16)?.try_into().ok()?)).ok()?,
        week: if week == 0 { None } else { Some(IsoWeek::from_number(week).ok()?) },
        maker: Maker::from_code(u16::from_be_bytes(bytes.get(20..22)?.try_into().ok()?))?,
        kind: Kind::from_code(bytes[26])?,
        operator: Operator::from_code(bytes[27])?,
        mount: Mount::from_code(bytes[28])?,
        linked: Linked::from_code(bytes[29])?,
        basis: Basis::from_code(bytes[30])?,
        heads: bytes[31],
        position: PositionClass::from_code(bytes[32])?,
        slot: bytes[33],
    };
    Some(Record { sighting, document: u32::from_be_bytes(bytes.get(22..26)?.try_into().ok()?) })
}

#[cfg(test)]
mod tests {
    use h3o::{LatLng, Resolution};
    use proptest::prelude::*;

    use super::*;

    fn record(n: u32) -> Record {
        let place = LatLng::new(f64::from(n % 97) / 3.0, f64::from(n % 89)).unwrap();
        Record {
            sighting: Sighting {
                cell: place.to_cell(Resolution::Thirteen),
                kind: Kind::Dome,
                operator: Operator::Police,
                mount: Mount::Roof,
                linked: Linked::No,
                maker: Maker::find("Axis").unwrap(),
                basis: Basis::Sign,
                facing: Facing::bearing(f64::from(n % 360)).unwrap(),
                heads: 3,
                week: n.is_multiple_of(2).then(|| IsoWeek::new(2026, 47).unwrap()),
                position: PositionClass::Gps10,
                slot: 2,
            },
            document: n % 7,
        }
    }

    proptest! {
        #[test]
        fn spilled_and_unspilled_runs_merge_to_the_same_sorted_records(
            numbers in proptest::collection::vec(any::<u32>(), 0..200), in_memory in 1..300_usize,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut runs = Runs::new(in_memory, folder.path());
            let mut expected: Vec<Record> = numbers.iter().map(|&n| record(n)).collect();
            for record in &expected {
                runs.push(*record).unwrap();
            }
            expected.sort_unstable();
            let merged: Vec<Record> = runs.merge().unwrap().map(Result::unwrap).collect();
            prop_assert_eq!(merged, expected);
            prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no file has a name");
        }
    }

    #[test]
    fn a_sighting_takes_32_bytes() {
        assert_eq!(size_of::<Sighting>(), 32);
    }
}
