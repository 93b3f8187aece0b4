//! A moderator with a browser that keeps one cookie.

use crate::client::Answer;
use crate::world::{Server, World};

/// Somebody who has logged in.
pub(crate) struct Moderator {
    pub(crate) name: String,
    pub(crate) passphrase: String,
    pub(crate) cookie: String,
}

/// The value of a form, spelt for a body.
pub(crate) fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

/// Posts a form as a page of the site does.
pub(crate) fn post(server: &Server, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", "http://census"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Cookie", cookie),
    ];
    server.ask("POST", path, &headers, &form(fields))
}

/// Uses the one-time link of a moderator, and returns the passphrase.
#[track_caller]
pub(crate) fn join(world: &World, server: &Server, name: &str) -> String {
    let added = world.facts(&["moderator", "add", name, "--url", "https://census.example/"]);
    let code = added["link"].as_str().unwrap().strip_prefix("https://census.example/review/join#").unwrap().to_owned();
    let answer = post(server, "/review/join", "", &[("code", &code)]);
    assert_eq!(answer.status, 200, "{answer}");
    let page = String::from_utf8(answer.body).unwrap();
    between(&page, "<code id=\"passphrase\">", "</code>").to_owned()
}

/// Logs in; the cookie, or the answer of a refusal.
pub(crate) fn log_in(server: &Server, name: &str, passphrase: &str) -> Result<String, Box<Answer>> {
    let answer = post(server, "/review/login", "", &[("name", name), ("passphrase", passphrase)]);
    match answer.header("set-cookie") {
        Some(cookie) => Ok(cookie.split(';').next().unwrap().to_owned()),
        None => Err(Box::new(answer)),
    }
}

impl Moderator {
    /// Adds a moderator, who joins and logs in.
    #[track_caller]
    pub(crate) fn new(world: &World, server: &Server, name: &str) -> Self {
        let passphrase = join(world, server, name);
        let cookie = log_in(server, name, &passphrase).unwrap_or_else(|answer| panic!("{answer}"));
        Self { name: name.to_owned(), passphrase, cookie }
    }

    pub(crate) fn get(&self, server: &Server, path: &str) -> Answer {
        server.ask("GET", path, &[("Cookie", &self.cookie)], b"")
    }

    /// A page of the queue.
    #[track_caller]
    pub(crate) fn page(&self, server: &Server, path: &str) -> String {
        let answer = self.get(server, path);
        assert_eq!(answer.status, 200, "{answer}");
        String::from_utf8(answer.body).unwrap()
    }

    /// Ids of the reports on all pages, in the order of the queue.
    pub(crate) fn queue(&self, server: &Server) -> Vec<String> {
        let mut all = Vec::new();
        for number in 1.. {
            let page = self.page(server, &format!("/review?page={number}"));
            all.extend(values(&page, "item"));
            if !page.contains("rel=\"next\"") {
                break;
            }
        }
        all
    }

    /// Sends a decision as the form does; what it said, from the address it led to.
    #[track_caller]
    pub(crate) fn decide(&self, server: &Server, fields: &[(&str, &str)]) -> String {
        let page = self.page(server, "/review");
        let csrf = values(&page, "csrf").remove(0);
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        let answer = post(server, "/review/decide", &self.cookie, &all);
        assert_eq!(answer.status, 303, "{answer}");
        answer.header("location").unwrap().split("said=").nth(1).unwrap().to_owned()
    }

    /// Decides about reports by their ids.
    #[track_caller]
    pub(crate) fn decide_about(&self, server: &Server, action: &str, ids: &[String]) -> String {
        let mut fields = vec![("action", action)];
        fields.extend(ids.iter().map(|id| ("item", id.as_str())));
        self.decide(server, &fields)
    }
}

/// The values of the form fields with this name on a page.
pub(crate) fn values(page: &str, name: &str) -> Vec<String> {
    page.split(&format!("name=\"{name}\" value=\""))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// What stands between two texts, the first time.
#[track_caller]
pub(crate) fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from)
        .and_then(|(_, rest)| rest.split_once(to))
        .map_or_else(|| panic!("no {from} in {page}"), |(text, _)| text)
}
