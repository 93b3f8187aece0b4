//! Searching everything a program left behind, compressed parts unpacked, for many byte strings at once.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

use crate::world::World;

/// Bytes with a name.
pub(crate) struct Hay {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The longest part that is unpacked.
const UNPACKED: u64 = 64 << 20;

/// Every file below a directory, and whatever is gzip anywhere in them: whole files, and members such as the tiles and
/// directories of a PMTiles archive.
pub(crate) fn below(directory: &Path) -> Vec<Hay> {
    let mut hays = Vec::new();
    for path in files(directory) {
        // A running server renames and removes temporary files.
        let Ok(bytes) = fs::read(&path) else { continue };
        let name = path.strip_prefix(directory).unwrap().display().to_string();
        hays.extend(unpacked(&name, &bytes));
        hays.push(Hay { name, bytes });
    }
    hays
}

/// Paths of all files below a directory.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn unpacked(name: &str, bytes: &[u8]) -> Vec<Hay> {
    memchr::memmem::find_iter(bytes, b"\x1f\x8b\x08")
        .filter_map(|at| {
            let mut plain = Vec::new();
            // What only looks like gzip breaks off; what came out before is searched as well.
            let _ = GzDecoder::new(&bytes[at..]).take(UNPACKED).read_to_end(&mut plain);
            (!plain.is_empty()).then(|| Hay { name: format!("{name} (unpacked at {at})"), bytes: plain })
        })
        .collect()
}

/// Everything the program keeps and everything it printed, logged or answered in a world; for PostgreSQL the files of
/// the server too, its write-ahead log and messages included.
pub(crate) fn all(world: &World) -> Vec<Hay> {
    let mut hays = below(&world.everything());
    assert!(
        !hays.is_empty() || server_directory(&world.url).is_some(),
        "nothing was kept, so there is nothing to search"
    );
    hays.extend(below(&world.output()));
    hays.extend(server_directory(&world.url).map(|directory| below(&directory)).into_iter().flatten());
    hays
}

/// The directory of a PostgreSQL server that is reached through a socket in it, as the test server is.
pub(crate) fn server_directory(url: &str) -> Option<PathBuf> {
    let host = url.strip_prefix("postgres://census@")?.split('/').next()?;
    let directory = PathBuf::from(host.replace("%2F", "/"));
    directory.join("data").is_dir().then_some(directory)
}

/// Searches for many byte strings of at least three bytes in one pass, by three telling bytes of each.
pub(crate) struct Finder {
    needles: Vec<Vec<u8>>,
    /// Which needles have these three bytes as their anchor, and where in the needle that is.
    anchors: HashMap<usize, Vec<(usize, usize)>>,
    /// One bit for each three bytes, which is what most of the hay is asked about.
    filter: Vec<u64>,
}

impl Finder {
    pub(crate) fn new(needles: Vec<Vec<u8>>) -> Self {
        let mut finder = Self { needles, anchors: HashMap::new(), filter: vec![0; 1 << 18] };
        for (index, needle) in finder.needles.iter().enumerate() {
            // Files are full of zeros and of numbers that begin with them: the anchor is where a needle has least of them.
            let telling = |at: &usize| {
                let bytes = &needle[*at..at + 3];
                bytes.iter().filter(|byte| !matches!(byte, 0 | 0xff)).count()
            };
            let at = (0..=needle.len() - 3).rev().max_by_key(telling).unwrap();
            let anchor = number([needle[at], needle[at + 1], needle[at + 2]]);
            finder.filter[anchor >> 6] |= 1 << (anchor & 63);
            finder.anchors.entry(anchor).or_default().push((index, at));
        }
        finder
    }

    /// Every occurrence: which needle, and where.
    pub(crate) fn find(&self, hay: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut window = 0_usize;
        let mut at = 0_usize;
        // An unoptimised build reads some hundred megabytes here: hence no iterator of windows.
        for &byte in hay {
            window = (window << 8 | byte as usize) & 0xff_ffff;
            at += 1;
            if self.filter[window >> 6] >> (window & 63) & 1 != 0 && at >= 3 {
                for &(needle, offset) in self.anchors.get(&window).into_iter().flatten() {
                    let start = (at - 3).checked_sub(offset);
                    found.extend(
                        start.filter(|&at| hay[at..].starts_with(&self.needles[needle])).map(|at| (needle, at)),
                    );
                }
            }
        }
        found.sort_by_key(|&(_, at)| at);
        found
    }
}

const fn number([a, b, c]: [u8; 3]) -> usize {
    (a as usize) << 16 | (b as usize) << 8 | c as usize
}

/// Fails when one of some texts stands anywhere in the hays, in any case, as it is, in UTF-16 or escaped for JSON or an
/// address.
#[track_caller]
pub(crate) fn assert_absent(hays: &[Hay], texts: &[String]) {
    let found = texts_in(hays, texts);
    assert!(found.is_empty(), "{} places, such as {:#?}", found.len(), &found[..found.len().min(10)]);
}

/// Where texts stand, as [`assert_absent`] looks for them.
pub(crate) fn texts_in(hays: &[Hay], texts: &[String]) -> Vec<String> {
    let mut needles = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let percent: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let json = serde_json::to_string(text).unwrap();
        for form in [text.clone(), text.to_lowercase(), text.to_uppercase(), percent, json.trim_matches('"').to_owned()]
        {
            needles.push((index, form.as_bytes().to_vec()));
            needles.push((index, form.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        }
    }
    let finder = Finder::new(needles.iter().map(|(_, bytes)| bytes.clone()).collect());
    let hit =
        |hay: &Hay, (needle, at): (usize, usize)| format!("{:?} in {} at {at}", texts[needles[needle].0], hay.name);
    hays.iter().flat_map(|hay| finder.find(&hay.bytes).into_iter().map(move |found| hit(hay, found))).collect()
}

#[test]
fn the_search_finds_what_is_planted_plain_compressed_and_inside_other_files() {
    use std::io::Write as _;
    let directory = tempfile::tempdir().unwrap();
    let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    member.write_all(b"canary-in-gzip and more").unwrap();
    let archive = [b"PMTiles\x03 header".to_vec(), member.finish().unwrap(), b"tail".to_vec()].concat();
    fs::create_dir(directory.path().join("deeper")).unwrap();
    fs::write(directory.path().join("deeper/archive"), archive).unwrap();
    fs::write(directory.path().join("plain"), b"\x00canary-plain\x00 CANARY-UPPER c\0a\0n\0a\0r\0y\0-\0w\0").unwrap();
    let hays = below(directory.path());
    let texts = ["canary-in-gzip", "canary-plain", "canary-upper", "canary-w", "canary-absent"].map(str::to_owned);
    let found = texts_in(&hays, &texts);
    for (text, expected) in texts.iter().zip([true, true, true, true, false]) {
        assert_eq!(found.iter().any(|hit| hit.contains(text.as_str())), expected, "{text}: {found:?}");
    }
}
