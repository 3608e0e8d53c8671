//! The posts of the duty: which must be held by whom, from when to when (`assets/operation/duty.toml`).

use crate::{
    tables::{Source, TableError},
    text::nfc,
    time::Ms,
};
use serde::Deserialize;
use std::collections::HashSet;

const POSTS: Source<'_> = Source {
    name: "assets/operation/duty.toml",
    text: include_str!("../../../../../../assets/operation/duty.toml"),
};

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Id, as kept in the journal.
    pub id: String,
    /// Name.
    pub title: String,
    /// What it is there for.
    pub task: String,
    /// Ids of the units; each must have somebody of its own there.
    pub units: Vec<String>,
    /// First moment it must be held.
    pub from: Ms,
    /// End, exclusive.
    pub to: Ms,
    /// Somebody must stand behind.
    pub backup: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    post: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    title: String,
    task: String,
    units: Vec<String>,
    from: String,
    to: String,
    backup: bool,
}

/// The posts shipped with the product, in the order of the file.
///
/// # Errors
/// When the shipped file is wrong; a test keeps that from happening.
pub fn builtin() -> Result<Vec<Post>, TableError> {
    parse(POSTS)
}

/// Reads posts from TOML.
///
/// # Errors
/// The TOML parser's error with its line, an id that occurs twice, a post without units, a moment that is none, a post that
/// ends before it begins.
pub fn parse(file: Source<'_>) -> Result<Vec<Post>, TableError> {
    let wrong = |reason: String| TableError::Syntax { file: file.name.to_owned(), reason };
    let parsed: File = toml::from_str(file.text).map_err(|e| wrong(e.to_string()))?;
    let mut ids = HashSet::new();
    let mut posts = Vec::new();
    for post in parsed.post {
        let moment = |text: &str| {
            Ms::parse_rfc3339(text)
                .map_err(|e| wrong(format!("post `{}`: `{text}` is no moment: {e}", post.id)))
        };
        let (from, to) = (moment(&post.from)?, moment(&post.to)?);
        if !ids.insert(post.id.clone()) {
            return Err(wrong(format!("post `{}` occurs twice", post.id)));
        }
        if post.units.is_empty() {
            return Err(wrong(format!("post `{}` has no unit", post.id)));
        }
        if to <= from {
            return Err(wrong(format!("post `{}` ends before it begins", post.id)));
        }
        posts.push(Post {
            title: nfc(&post.title),
            task: nfc(&post.task),
            units: post.units,
            backup: post.backup,
            id: post.id,
            from,
            to,
        });
    }
    Ok(posts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Units;

    #[test]
    fn the_shipped_posts_are_held_by_units_that_exist_and_cover_the_switch() {
        let units = Units::builtin().expect("valid");
        let switch = Ms::parse_rfc3339("2026-05-29T22:00:00+07:00").expect("a moment");
        for post in builtin().expect("valid") {
            assert!(post.units.iter().all(|u| units.contains(u)), "{}: {:?}", post.id, post.units);
            assert!(post.from <= switch && switch < post.to, "{}", post.id);
        }
    }

    #[test]
    fn what_no_roster_could_hold_is_refused_by_name() {
        let post = |more: &str| format!("[[post]]\nid='a'\ntitle='A'\ntask='t'\nbackup=false\n{more}\n");
        let span = "from='2026-05-29T19:00:00+07:00'\nto='2026-05-30T07:00:00+07:00'";
        let back = "from='2026-05-29T19:00:00+07:00'\nto='2026-05-29T07:00:00+07:00'";
        for (text, said) in [
            (post(&format!("units=[]\n{span}")), "post `a` has no unit"),
            (post(&format!("units=['vnpt']\n{back}")), "post `a` ends before it begins"),
            (post(&format!("units=['vnpt']\n{span}")).repeat(2), "post `a` occurs twice"),
            (post("units=['vnpt']\nfrom='tối'\nto='2026-05-29T07:00:00+07:00'"), "is no moment"),
        ] {
            let error = parse(Source { name: "d.toml", text: &text }).expect_err("refused").to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
