//! What the shifts cover and what they do not: gaps of posts, missing backups, people who are on twice, who is on now.

use super::{Post, Shift, ShiftState};
use crate::time::Ms;

/// A span of time; `to` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First moment.
    pub from: Ms,
    /// End.
    pub to: Ms,
}

impl Span {
    /// What both have in common; `None` where that is nothing.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(self, at: Ms) -> bool {
        self.from <= at && at < self.to
    }
}

impl Shift {
    /// When it is.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }

    /// Who is on, and who stands behind.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.primary.as_str()).chain(self.backup.as_deref())
    }
}

/// What a post lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// Nobody is on.
    Nobody,
    /// Somebody is on, nobody stands behind.
    Backup,
}

/// A span in which a post lacks something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// Id of the post.
    pub post: String,
    /// Id of the unit.
    pub unit: String,
    /// When.
    pub span: Span,
    /// What.
    pub lack: Lack,
}

/// What the posts lack within `within`, post by post, unit by unit, in order of time. Nothing outside the times at which a
/// post must be held.
#[must_use]
pub fn gaps(posts: &[Post], shifts: &[ShiftState], within: Span) -> Vec<Gap> {
    let mut found = Vec::new();
    for post in posts {
        let Some(needed) = (Span { from: post.from, to: post.to }).meet(within) else { continue };
        for unit in &post.units {
            let held: Vec<&Shift> = shifts
                .iter()
                .map(|s| &s.shift)
                .filter(|s| s.post == post.id && &s.unit == unit && s.span().meet(needed).is_some())
                .collect();
            let gap = |lack| move |span| Gap { post: post.id.clone(), unit: unit.clone(), span, lack };
            let nobody = without(needed, held.iter().map(|s| s.span()));
            let mut of_unit: Vec<Gap> = nobody.iter().copied().map(gap(Lack::Nobody)).collect();
            if post.backup {
                let backed = held.iter().filter(|s| s.backup.is_some()).map(|s| s.span());
                let alone = without(needed, backed.chain(nobody.iter().copied()));
                of_unit.extend(alone.into_iter().map(gap(Lack::Backup)));
            }
            of_unit.sort();
            found.extend(of_unit);
        }
    }
    found
}

/// What is left of `whole` when `taken` are taken out, in order of time.
fn without(whole: Span, taken: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut taken: Vec<Span> = taken.filter_map(|t| t.meet(whole)).collect();
    taken.sort();
    let mut left = Vec::new();
    let mut from = whole.from;
    for span in taken {
        if from < span.from {
            left.push(Span { from, to: span.from });
        }
        from = from.max(span.to);
    }
    if from < whole.to {
        left.push(Span { from, to: whole.to });
    }
    left
}

/// Why two shifts do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// This person would be on twice at once.
    Person(String),
    /// The same post of the same unit is held twice.
    Post,
}

/// Why two shifts do not go together, and when; `None` where they do. A person who hands over at a moment is not on twice.
#[must_use]
pub fn clash(a: &Shift, b: &Shift) -> Option<(Clash, Span)> {
    let both = a.span().meet(b.span())?;
    if a.post == b.post && a.unit == b.unit {
        return Some((Clash::Post, both));
    }
    let twice = a.people().find(|person| b.people().any(|other| other == *person))?;
    Some((Clash::Person(twice.to_owned()), both))
}

/// Two shifts that do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// Id of the one that begins first.
    pub first: String,
    /// Id of the other.
    pub second: String,
    /// Why.
    pub clash: Clash,
    /// When.
    pub span: Span,
}

/// Shifts that do not go together: two seats may each have set one that the other did not know.
#[must_use]
pub fn overlaps(shifts: &[ShiftState]) -> Vec<Overlap> {
    let mut sorted: Vec<&ShiftState> = shifts.iter().collect();
    sorted.sort_by_key(|s| (s.shift.from, &s.id));
    let mut found = Vec::new();
    for (i, a) in sorted.iter().enumerate() {
        let later = sorted[i + 1..].iter().take_while(|b| b.shift.from < a.shift.to);
        found.extend(later.filter_map(|b| {
            let (clash, span) = clash(&a.shift, &b.shift)?;
            Some(Overlap { first: a.id.clone(), second: b.id.clone(), clash, span })
        }));
    }
    found
}

/// A post of a unit at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnPost<'a> {
    /// The post.
    pub post: &'a Post,
    /// Id of the unit.
    pub unit: &'a str,
    /// The shift that holds it; of two the one said last.
    pub shift: Option<&'a ShiftState>,
    /// What it lacks.
    pub lack: Option<Lack>,
}

/// Who is on at a moment: every post that must be held then, and every other that somebody holds.
#[must_use]
pub fn on_at<'a>(posts: &'a [Post], shifts: &'a [ShiftState], at: Ms) -> Vec<OnPost<'a>> {
    let mut on = Vec::new();
    for post in posts {
        let needed = Span { from: post.from, to: post.to }.contains(at);
        for unit in &post.units {
            let shift = shifts
                .iter()
                .filter(|s| s.shift.post == post.id && &s.shift.unit == unit && s.shift.span().contains(at))
                .max_by_key(|s| s.position);
            let lack = match shift {
                None if needed => Some(Lack::Nobody),
                Some(s) if needed && post.backup && s.shift.backup.is_none() => Some(Lack::Backup),
                _ => None,
            };
            if needed || shift.is_some() {
                on.push(OnPost { post, unit, shift, lack });
            }
        }
    }
    on
}

/// When somebody next comes on or goes off after `at`; `None` where nobody does.
#[must_use]
pub fn next_change(shifts: &[ShiftState], at: Ms) -> Option<Ms> {
    shifts.iter().flat_map(|s| [s.shift.from, s.shift.to]).filter(|change| *change > at).min()
}
