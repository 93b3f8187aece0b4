//! A form for ODK Collect and KoboToolbox, made from the vocabularies (`XLSForm`, xlsform.org).
//!
//! It asks for nothing that the census does not keep: no text, picture or sound, no name, and nothing of the device. The
//! answers carry the words of the census, which the shipped mappings `odk` and `kobo` read.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::model::{Basis, Kind, Linked, Mount, Operator, makers, slug_of};

/// Languages of the labels, as `XLSForm` names them: name, then subtag of BCP 47.
const LANGUAGES: [&str; 6] =
    ["English (en)", "español (es)", "français (fr)", "Deutsch (de)", "简体中文 (zh)", "العربية (ar)"];

/// Compass points, which a facing may be.
const COMPASS: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

/// What nobody has to know; the first choice of every question, and chosen already.
const UNKNOWN: &str = "unknown";

/// Tells the text of a key in each of the languages, in this order.
pub trait Say {
    /// The texts.
    fn say(&self, key: &str) -> [String; LANGUAGES.len()];
}

impl<F: Fn(&str) -> [String; LANGUAGES.len()]> Say for F {
    fn say(&self, key: &str) -> [String; LANGUAGES.len()] {
        self(key)
    }
}

/// The columns of the sheet of questions that are the same in every language.
#[derive(Default)]
struct Question<'a> {
    sort: &'a str,
    name: &'a str,
    /// Key of the label; none for what is worked out.
    label: &'a str,
    /// Key of the hint.
    hint: &'a str,
    required: &'a str,
    default: &'a str,
    constraint: &'a str,
    appearance: &'a str,
    calculation: &'a str,
    repeat_count: &'a str,
}

/// The workbook. Equal texts give equal bytes.
///
/// # Errors
/// When the workbook cannot be put together, which no text can bring about.
pub fn xlsform(say: &impl Say) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Without a date the library would take that of the clock.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    survey(workbook.add_worksheet().set_name("survey")?, say)?;
    choices(workbook.add_worksheet().set_name("choices")?, say)?;
    let settings = workbook.add_worksheet().set_name("settings")?;
    let [title, ..] = say.say("xlsform-title");
    let pairs = [
        ("form_title", title.as_str()),
        ("form_id", "camera_census"),
        ("version", env!("CARGO_PKG_VERSION")),
        ("default_language", LANGUAGES[0]),
    ];
    for (column, (name, value)) in (0..).zip(pairs) {
        settings.write_string(0, column, name)?.write_string(1, column, value)?;
    }
    workbook.save_to_buffer()
}

fn survey(sheet: &mut Worksheet, say: &impl Say) -> Result<(), XlsxError> {
    let head = ["type", "name", "required", "default", "constraint", "appearance", "calculation", "repeat_count"];
    let head = head.map(str::to_owned);
    let labels = LANGUAGES.iter().map(|language| format!("label::{language}"));
    let hints = LANGUAGES.iter().map(|language| format!("hint::{language}"));
    for (column, name) in (0..).zip(head.into_iter().chain(labels).chain(hints)) {
        sheet.write_string(0, column, name)?;
    }
    for (row, question) in (1..).zip(questions()) {
        let Question { sort, name, required, default, constraint, appearance, calculation, repeat_count, .. } =
            question;
        let texts = |key: &str| if key.is_empty() { <[String; LANGUAGES.len()]>::default() } else { say.say(key) };
        let plain =
            [sort, name, required, default, constraint, appearance, calculation, repeat_count].map(str::to_owned);
        let cells = plain.into_iter().chain(texts(question.label)).chain(texts(question.hint));
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

fn questions() -> Vec<Question<'static>> {
    let worked_out = |name, calculation| Question { sort: "calculate", name, calculation, ..Question::default() };
    let choice = |sort, name, label| Question { sort, name, label, default: UNKNOWN, ..Question::default() };
    vec![
        Question {
            sort: "geopoint",
            name: "place",
            label: "xlsform-place",
            hint: "xlsform-place-hint",
            required: "yes",
            appearance: "placement-map",
            ..Question::default()
        },
        worked_out("at", "${place}"),
        worked_out("accuracy", "selected-at(${place}, 3)"),
        worked_out("day", "format-date(today(), '%Y-%m-%d')"),
        worked_out("slot", "0"),
        choice("select_one kind", "kind", "xlsform-kind"),
        choice("select_one facing", "facing", "xlsform-facing"),
        Question {
            sort: "integer",
            name: "heads",
            label: "xlsform-heads",
            default: "1",
            constraint: ". >= 1 and . <= 99",
            ..Question::default()
        },
        choice("select_one operator", "operator", "xlsform-operator"),
        choice("select_one mount", "mount", "xlsform-mount"),
        choice("select_one linked", "linked", "xlsform-linked"),
        Question { appearance: "minimal", ..choice("select_one maker", "maker", "xlsform-maker") },
        choice("select_one basis", "basis", "xlsform-basis"),
        // Counted first: some programs show a repeat group once before anybody asked for it, and that would be a camera.
        Question {
            sort: "integer",
            name: "others",
            label: "xlsform-others",
            hint: "xlsform-others-hint",
            default: "0",
            constraint: ". >= 0 and . <= 7",
            ..Question::default()
        },
        Question {
            sort: "begin_repeat",
            name: "more",
            label: "xlsform-more",
            repeat_count: "${others}",
            ..Question::default()
        },
        // The file of a repeat group is a table of its own, so each row says again what holds for the whole pole.
        worked_out("more_at", "${place}"),
        worked_out("more_accuracy", "${accuracy}"),
        worked_out("more_day", "${day}"),
        worked_out("more_slot", "position(..)"),
        choice("select_one kind", "more_kind", "xlsform-kind"),
        choice("select_one facing", "more_facing", "xlsform-facing"),
        worked_out("more_heads", "1"),
        worked_out("more_operator", "${operator}"),
        worked_out("more_mount", "${mount}"),
        worked_out("more_linked", "${linked}"),
        worked_out("more_maker", "${maker}"),
        worked_out("more_basis", "${basis}"),
        Question { sort: "end_repeat", ..Question::default() },
    ]
}

fn choices(sheet: &mut Worksheet, say: &impl Say) -> Result<(), XlsxError> {
    let mut rows: Vec<(&str, String, [String; LANGUAGES.len()])> = Vec::new();
    let mut list = |name: &'static str, words: &mut dyn Iterator<Item = &'static str>| {
        rows.push((name, UNKNOWN.to_owned(), say.say("xlsform-dont-know")));
        for word in words.filter(|word| *word != UNKNOWN) {
            rows.push((name, word.to_owned(), say.say(&format!("xlsform-{name}-{word}"))));
        }
    };
    list("kind", &mut Kind::ALL.iter().map(|word| word.word()));
    list("facing", &mut COMPASS.into_iter().chain(["all_round"]));
    list("operator", &mut Operator::ALL.iter().map(|word| word.word()));
    list("mount", &mut Mount::ALL.iter().map(|word| word.word()));
    list("linked", &mut Linked::ALL.iter().map(|word| word.word()));
    list("basis", &mut Basis::ALL.iter().map(|word| word.word()));
    rows.push(("maker", UNKNOWN.to_owned(), say.say("xlsform-dont-know")));
    for maker in makers() {
        let Some(slug) = slug_of(maker.name) else { continue };
        // Choices are told apart by name; the names of makers are the same in every language.
        rows.push(("maker", slug, [(); LANGUAGES.len()].map(|()| maker.name.to_owned())));
    }
    let head = ["list_name", "name"].map(str::to_owned);
    for (column, name) in (0..).zip(head.into_iter().chain(LANGUAGES.map(|language| format!("label::{language}")))) {
        sheet.write_string(0, column, name)?;
    }
    for (row, (list, name, labels)) in (1..).zip(rows) {
        let cells = [list.to_owned(), name].into_iter().chain(labels);
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Maker;

    #[test]
    fn every_choice_of_a_maker_is_read_back_as_that_maker() {
        for maker in makers() {
            let slug = slug_of(maker.name).unwrap();
            assert_eq!(Maker::find(&slug).map(Maker::name), Some(maker.name));
        }
    }

    #[test]
    fn the_form_asks_for_no_text_picture_sound_or_device() {
        let allowed = ["geopoint", "calculate", "integer", "begin_repeat", "end_repeat", "select_one"];
        for question in questions() {
            let sort = question.sort.split(' ').next().unwrap();
            assert!(allowed.contains(&sort), "{sort}");
        }
    }

    #[test]
    fn the_same_texts_give_the_same_bytes() {
        let say = |key: &str| [(); LANGUAGES.len()].map(|()| key.to_owned());
        assert_eq!(xlsform(&say).unwrap(), xlsform(&say).unwrap());
    }
}
