//! Reads `figures.csv` and `deployments.csv`, row by row, and says what is wrong with each.

use std::collections::HashSet;

use csv::StringRecord;

use super::columns::{DEPLOYMENT_COLUMNS, FIGURE_COLUMNS};
use super::problem::LedgerCode;
use crate::model::is_hidden;
use crate::model::{
    Deployment, DeploymentStatus, DocumentReport, FigureBasis, FigureStatus, Problem, PublishedFigure, Stated,
};

/// A ledger that somebody imports may have so many bytes.
pub const MAX_BYTES: usize = 4 << 20;
/// Largest number of cameras, residents or contracts: far above the Earth's, far below what a database can hold.
const MAX_COUNT: u64 = 1_000_000_000_000;
/// Area of the Earth in square kilometres, rounded up.
const MAX_KM2: f64 = 6e8;

/// The rows of a ledger that could be read, with their zero-based places in the file, and a report on all;
/// everything is refused when there are more than `max_bytes`.
///
/// An apostrophe that a writer put before a text that looks like a formula is taken away.
#[must_use]
pub fn read_figures(bytes: &[u8], max_bytes: usize) -> (Vec<(u64, PublishedFigure)>, DocumentReport) {
    read(within(bytes, max_bytes), &FIGURE_COLUMNS, figure, |figure| &figure.id)
}

/// The same for a register of deployments.
#[must_use]
pub fn read_deployments(bytes: &[u8], max_bytes: usize) -> (Vec<(u64, Deployment)>, DocumentReport) {
    read(within(bytes, max_bytes), &DEPLOYMENT_COLUMNS, deployment, |deployment| &deployment.id)
}

/// A reason and the column it speaks of.
type Refusal = (LedgerCode, Option<&'static str>);

fn read<T>(
    bytes: Option<&[u8]>,
    columns: &'static [&'static str],
    row: impl Fn(&Row<'_>) -> Result<T, Refusal>,
    id: impl Fn(&T) -> &String,
) -> (Vec<(u64, T)>, DocumentReport) {
    let mut report = DocumentReport { format: "csv", ..DocumentReport::default() };
    let mut rows = Vec::new();
    let mut ids = HashSet::new();
    let refused_whole = |mut report: DocumentReport, refusal: Refusal| {
        refuse(&mut report, String::new(), refusal);
        (Vec::new(), report)
    };
    let Some(bytes) = bytes else { return refused_whole(report, (LedgerCode::TooLarge, None)) };
    let Ok(text) = std::str::from_utf8(bytes) else { return refused_whole(report, (LedgerCode::NotUtf8, None)) };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(_) => return refused_whole(report, (LedgerCode::BadHeader, None)),
    };
    if let Err(refusal) = check_header(&header, columns) {
        return refused_whole(report, refusal);
    }
    for (index, record) in (0..).zip(reader.records()) {
        report.features += 1;
        let read = match &record {
            Ok(record) if record.len() == header.len() => row(&Row { header: &header, record }),
            _ => Err((LedgerCode::BadRow, None)),
        };
        let read = read.and_then(|row| {
            if ids.insert(id(&row).clone()) { Ok(row) } else { Err((LedgerCode::DuplicateId, Some("id"))) }
        });
        match read {
            Ok(row) => {
                report.accepted += 1;
                rows.push((index, row));
            }
            Err(refusal) => {
                report.refused += 1;
                refuse(&mut report, format!("/{index}"), refusal);
            }
        }
    }
    (rows, report)
}

fn within(bytes: &[u8], max_bytes: usize) -> Option<&[u8]> {
    (bytes.len() <= max_bytes).then_some(bytes)
}

/// Every column once, in any order, and no other: a column with a mistyped name would be a definition that is lost.
fn check_header(header: &StringRecord, columns: &'static [&'static str]) -> Result<(), Refusal> {
    match columns.iter().find(|column| !header.iter().any(|name| name.trim() == **column)) {
        Some(missing) => Err((LedgerCode::BadHeader, Some(missing))),
        None if header.len() != columns.len() => Err((LedgerCode::BadHeader, None)),
        None => Ok(()),
    }
}

fn refuse(report: &mut DocumentReport, pointer: String, (code, column): Refusal) {
    *report.refused_by.entry(code.code()).or_default() += 1;
    if report.problems.len() < DocumentReport::PROBLEMS_KEPT {
        let message = match column {
            Some(column) => format!("column {column}: {}", code.message()),
            None => code.message().to_owned(),
        };
        report.problems.push(Problem { pointer, code: code.code(), message });
    }
}

/// One row, by the names of its columns.
struct Row<'a> {
    header: &'a StringRecord,
    record: &'a StringRecord,
}

fn figure(row: &Row<'_>) -> Result<PublishedFigure, Refusal> {
    let figure = PublishedFigure {
        id: row.id()?,
        place: row.needed("place")?,
        country: row.country()?,
        year: row.year("year")?,
        status: row.word("status", FigureStatus::from_word)?,
        cameras_low: row.count("cameras_low")?,
        cameras: row.count("cameras")?,
        cameras_high: row.count("cameras_high")?,
        area_km2: row.km2("area_km2")?,
        population: row.positive("population")?,
        scope: row.text("scope")?,
        ownership: row.text("ownership")?,
        includes_private: row.stated("includes_private")?,
        includes_indoor: row.stated("includes_indoor")?,
        linked_only: row.stated("linked_only")?,
        street_visible: row.stated("street_visible")?,
        basis: row.word("basis", FigureBasis::from_word)?,
        method_note: row.long_text("method_note")?,
        claimed_by: row.needed("claimed_by")?,
        title: row.needed("title")?,
        publisher: row.text("publisher")?,
        authors: row.text("authors")?,
        published: row.date("published")?,
        note: row.long_text("note")?,
        page: row.text("page")?,
        url: row.url("url")?,
    };
    let numbers: Vec<u64> = [figure.cameras_low, figure.cameras, figure.cameras_high].into_iter().flatten().collect();
    if numbers.is_empty() || !numbers.is_sorted() {
        return Err((LedgerCode::BadRange, Some("cameras")));
    }
    Ok(figure)
}

fn deployment(row: &Row<'_>) -> Result<Deployment, Refusal> {
    let (first_year, last_year) = row.years("year")?;
    let vendors = row.text("vendors")?;
    Ok(Deployment {
        id: row.id()?,
        name: row.needed("name")?,
        place: row.needed("place")?,
        country: row.country()?,
        first_year,
        last_year,
        status: row.word("status", DeploymentStatus::from_word)?,
        contracts: row.count("contracts")?,
        vendors: vendors.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        role: row.long_text("role")?,
        claimed_by: row.needed("claimed_by")?,
        publisher: row.needed("publisher")?,
        published: row.date("published")?,
        note: row.long_text("note")?,
    })
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        let position = self.header.iter().position(|name| name.trim() == column);
        let text = position.and_then(|position| self.record.get(position)).unwrap_or_default().trim();
        match text.strip_prefix('\'') {
            // Put there by a writer of ours; see `formula_safe`.
            Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        }
    }

    /// A text of at most so many characters, without control characters.
    fn bounded(&self, column: &'static str, limit: usize) -> Result<&str, Refusal> {
        let text = self.cell(column);
        if text.chars().nth(limit).is_some() {
            Err((LedgerCode::TooLong, Some(column)))
        } else if text.chars().any(is_hidden) {
            Err((LedgerCode::ControlCharacter, Some(column)))
        } else {
            Ok(text)
        }
    }

    fn prose(&self, column: &'static str, limit: usize) -> Result<String, Refusal> {
        let text = self.bounded(column, limit)?;
        if has_link(text) { Err((LedgerCode::LinkInText, Some(column))) } else { Ok(text.to_owned()) }
    }

    fn text(&self, column: &'static str) -> Result<String, Refusal> {
        self.prose(column, 300)
    }

    fn long_text(&self, column: &'static str) -> Result<String, Refusal> {
        self.prose(column, 1000)
    }

    fn needed(&self, column: &'static str) -> Result<String, Refusal> {
        let text = self.text(column)?;
        if text.is_empty() { Err((LedgerCode::MissingValue, Some(column))) } else { Ok(text) }
    }

    fn id(&self) -> Result<String, Refusal> {
        let id = self.cell("id");
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if id.is_empty() {
            Err((LedgerCode::MissingValue, Some("id")))
        } else if id.len() > 64 || !id.starts_with(|c: char| c != '-') || !id.bytes().all(|b| plain(b) || b == b'-') {
            Err((LedgerCode::BadId, Some("id")))
        } else {
            Ok(id.to_owned())
        }
    }

    fn country(&self) -> Result<String, Refusal> {
        let code = self.cell("country");
        let plain = code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()));
        if plain { Ok(code.to_owned()) } else { Err((LedgerCode::BadCountry, Some("country"))) }
    }

    fn word<T>(&self, column: &'static str, of: impl Fn(&str) -> Option<T>) -> Result<T, Refusal> {
        match self.cell(column) {
            "" => Err((LedgerCode::MissingValue, Some(column))),
            word => of(word).ok_or((LedgerCode::BadWord, Some(column))),
        }
    }

    fn stated(&self, column: &'static str) -> Result<Stated, Refusal> {
        match self.cell(column) {
            "" => Ok(Stated::Unknown),
            word => Stated::from_word(word).ok_or((LedgerCode::BadWord, Some(column))),
        }
    }

    fn count(&self, column: &'static str) -> Result<Option<u64>, Refusal> {
        match self.cell(column) {
            "" => Ok(None),
            digits => whole(digits).map(Some).ok_or((LedgerCode::BadNumber, Some(column))),
        }
    }

    fn positive(&self, column: &'static str) -> Result<Option<u64>, Refusal> {
        match self.count(column)? {
            Some(0) => Err((LedgerCode::BadNumber, Some(column))),
            number => Ok(number),
        }
    }

    fn km2(&self, column: &'static str) -> Result<Option<f64>, Refusal> {
        let text = self.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let number = text.parse::<f64>().ok().filter(|km2| plain && *km2 > 0.0 && *km2 <= MAX_KM2);
        number.map(Some).ok_or((LedgerCode::BadNumber, Some(column)))
    }

    fn year(&self, column: &'static str) -> Result<i32, Refusal> {
        match self.cell(column) {
            "" => Err((LedgerCode::MissingValue, Some(column))),
            text => year(text).ok_or((LedgerCode::BadDate, Some(column))),
        }
    }

    fn years(&self, column: &'static str) -> Result<(i32, i32), Refusal> {
        let Some((first, last)) = self.cell(column).split_once('-') else {
            return self.year(column).map(|year| (year, year));
        };
        let span = year(first).zip(year(last)).filter(|(first, last)| first < last);
        span.ok_or((LedgerCode::BadDate, Some(column)))
    }

    fn date(&self, column: &'static str) -> Result<String, Refusal> {
        match self.cell(column) {
            "" => Err((LedgerCode::MissingValue, Some(column))),
            text if is_date(text) => Ok(text.to_owned()),
            _ => Err((LedgerCode::BadDate, Some(column))),
        }
    }

    fn url(&self, column: &'static str) -> Result<String, Refusal> {
        let text = self.bounded(column, 500)?;
        if text.is_empty() || is_web_address(text) {
            Ok(text.to_owned())
        } else {
            Err((LedgerCode::BadUrl, Some(column)))
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn whole(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number| digits(text) && *number <= MAX_COUNT)
}

fn year(text: &str) -> Option<i32> {
    text.parse().ok().filter(|year| text.len() == 4 && digits(text) && (1900..=2100).contains(year))
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, a day of the Gregorian calendar.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let Some(year) = parts.next().and_then(year) else { return false };
    let mut two = |range: std::ops::RangeInclusive<u8>| match parts.next() {
        None => Some(None),
        Some(part) => {
            let number = part.parse().ok().filter(|n| part.len() == 2 && digits(part) && range.contains(n));
            number.map(Some)
        }
    };
    let Some(month) = two(1..=12) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        None => return text.len() == 4,
        Some(2) if leap => 29,
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        Some(_) => 31,
    };
    two(1..=days).is_some() && parts.next().is_none()
}

fn has_link(text: &str) -> bool {
    let text = text.to_lowercase();
    ["://", "www.", "mailto:", "javascript:"].iter().any(|sign| text.contains(sign))
}

/// `http` or `https` and a host, in the characters of RFC 3986, without a user name.
fn is_web_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    host.bytes().any(|b| b.is_ascii_alphanumeric()) && !host.contains('@') && rest.bytes().all(allowed)
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
