//! SPDX licence expressions: may we use what stands under this one?

/// Whether some choice the expression leaves consists of allowed licences only. `MIT/Apache-2.0` is the old spelling of
/// `MIT OR Apache-2.0`.
pub(crate) fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, allowed) == Some(true) && rest.is_empty()
}

/// Alternatives joined by OR; `None` when the expression is not well formed.
fn any(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut permitted = all(rest, allowed)?;
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        permitted |= all(rest, allowed)?;
    }
    Some(permitted)
}

/// Requirements joined by AND, which binds tighter.
fn all(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut permitted = one(rest, allowed)?;
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        permitted &= one(rest, allowed)?;
    }
    Some(permitted)
}

fn one(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let is_allowed = |name: &str| allowed.iter().any(|allowed| allowed == name);
    match *rest {
        ["(", inside @ ..] => {
            *rest = inside;
            let permitted = any(rest, allowed)?;
            let [")", after @ ..] = *rest else { return None };
            *rest = after;
            Some(permitted)
        }
        [name, "WITH", exception, after @ ..] => {
            *rest = after;
            Some(is_allowed(&format!("{name} WITH {exception}")))
        }
        ["AND" | "OR" | "WITH" | ")", ..] | [] => None,
        [name, after @ ..] => {
            *rest = after;
            Some(is_allowed(name))
        }
    }
}

#[test]
fn an_expression_is_permitted_when_some_choice_in_it_is_allowed_throughout() {
    let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for yes in [
        "MIT",
        "MIT OR GPL-3.0-only",
        "GPL-3.0-only/MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0",
        "GPL-3.0-only OR MIT AND Unicode-3.0",
    ] {
        assert!(permits(yes, &allowed), "{yes}");
    }
    for no in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(MIT OR Apache-2.0) AND GPL-3.0-only",
        "Apache-2.0",
        "MIT WITH LLVM-exception",
        "MIT OR",
        "(MIT",
        "MIT Unicode-3.0",
    ] {
        assert!(!permits(no, &allowed), "{no}");
    }
}
