//! The order of names.

/// The key by which names are listed: `Ward 10` comes after `Ward 9`, whatever the case of their letters.
#[must_use]
pub fn by_name(name: &str) -> impl Ord + use<> {
    // Runs of text, each with the number after it.
    let mut parts = vec![(String::new(), 0_u64)];
    let mut was_digit = false;
    for character in name.to_lowercase().chars() {
        let digit = character.to_digit(10);
        if digit.is_none() && was_digit {
            parts.push((String::new(), 0));
        }
        was_digit = digit.is_some();
        if let Some((text, number)) = parts.last_mut() {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                None => text.push(character),
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::by_name;

    #[test]
    fn numbers_in_names_are_counted_and_capitals_do_not_matter() {
        let mut names = ["Ward 10", "altstadt", "Ward 9", "Nord 2b", "Nord 2a", "Hafen", "ward 1"];
        names.sort_by_key(|name| by_name(name));
        assert_eq!(names, ["altstadt", "Hafen", "Nord 2a", "Nord 2b", "ward 1", "Ward 9", "Ward 10"]);
    }
}
