//! Names of columns and words of cells, from `assets/dossiers/headers.toml`.

use super::{
    cell::words,
    target::{Kind, Target, What},
};
use crate::text::fold;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

static BUILTIN: LazyLock<Result<Dictionary, String>> =
    LazyLock::new(|| Dictionary::parse(include_str!("../../../../../assets/dossiers/headers.toml")));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: BTreeMap<String, Vec<String>>,
    target: Vec<TargetNames>,
    value: Vec<ValueNames>,
    flags: Flags,
    personal: Personal,
    rows: Rows,
    title: Title,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetNames {
    id: String,
    title: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueNames {
    target: String,
    means: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flags {
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Personal {
    parts: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    total: Vec<String>,
    below: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    as_of: Vec<String>,
    unit: Vec<String>,
}

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A column of this target. Exact: looked up whole or by its group, not by its last row alone.
    Target {
        /// The target.
        target: Target,
        /// It was named whole, or with its group.
        whole: bool,
    },
    /// About a citizen: never read.
    Personal,
    /// Nothing the program knows.
    Unknown,
}

/// All the names.
#[derive(Debug)]
pub struct Dictionary {
    titles: HashMap<Target, String>,
    /// By what the rows are and the compact name.
    targets: HashMap<(What, String), Target>,
    /// Compact names of groups of columns.
    groups: HashMap<String, String>,
    values: HashMap<(Target, String), String>,
    flags: HashMap<String, bool>,
    personal_parts: Vec<String>,
    personal: HashSet<String>,
    total: HashSet<String>,
    below: Vec<String>,
    /// First letters of those of `total` and `below`, of all spellings.
    ends: HashSet<char>,
    /// Folded words of titles.
    pub(super) as_of: Vec<String>,
    pub(super) unit: Vec<String>,
}

/// A name without marks, case, blanks and punctuation; a share is marked by one `%` at the end.
#[must_use]
pub fn compact(name: &str) -> String {
    // Codes and keys need no folding.
    if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return name.bytes().filter(|b| *b != b'_').map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    let mut folded = fold(&words(name));
    for share in ["ty le", "ti le", "phan tram"] {
        folded = folded.replace(share, "%");
    }
    let mut kept = String::with_capacity(folded.len());
    let mut rest = folded.as_str();
    // Numbers of columns, `(3)=(4)+(5)`, say nothing.
    while let Some(at) = rest.find('(') {
        let (before, after) = rest.split_at(at);
        kept.push_str(before);
        let inside = after[1..].find(')').map(|end| &after[1..=end]);
        match inside {
            Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                rest = &after[digits.len() + 2..];
            }
            _ => {
                kept.push(' ');
                rest = &after[1..];
            }
        }
    }
    kept.push_str(rest);
    let share = kept.contains('%');
    kept.retain(char::is_alphanumeric);
    if share {
        kept.push('%');
    }
    kept
}

impl Dictionary {
    /// The names shipped with the product.
    ///
    /// # Errors
    /// What is wrong with the shipped file; a test keeps that from happening.
    pub fn builtin() -> Result<&'static Self, String> {
        BUILTIN.as_ref().map_err(Clone::clone)
    }

    /// Reads names in the form of the shipped file.
    ///
    /// # Errors
    /// What is wrong, with its place: an unknown target, a name that two targets have, a target without a name.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| format!("headers.toml: {e}"))?;
        let list = |names: &[String]| names.iter().map(|name| compact(name)).collect();
        let mut groups = HashMap::new();
        for (group, names) in &file.groups {
            for name in names {
                groups.insert(compact(name), group.clone());
            }
        }
        let known = |id: &str| Target::of_id(id).ok_or_else(|| format!("headers.toml: no target `{id}`"));
        let (mut titles, mut targets) = (HashMap::new(), HashMap::new());
        for entry in &file.target {
            let target = known(&entry.id)?;
            titles.insert(target, entry.title.clone());
            for name in &entry.names {
                for what in [What::Figures, What::Dossiers].into_iter().filter(|what| target.is_of(*what)) {
                    let before = targets.insert((what, key(name)), target);
                    if before.is_some_and(|before| before != target) {
                        return Err(format!("headers.toml: `{name}` of `{}` is taken twice", entry.id));
                    }
                }
            }
        }
        if let Some(missing) = Target::ALL.iter().find(|target| !titles.contains_key(target)) {
            return Err(format!("headers.toml: no names for `{}`", missing.id()));
        }
        let mut values = HashMap::new();
        for entry in &file.value {
            let target = known(&entry.target)?;
            for name in &entry.names {
                if values.insert((target, compact(name)), entry.means.clone()).is_some() {
                    return Err(format!("headers.toml: `{name}` of `{}` means two things", entry.target));
                }
            }
        }
        let yes = file.flags.yes.iter().map(|name| (compact(name), true));
        let no = file.flags.no.iter().map(|name| (compact(name), false));
        let folded = |names: &[String]| names.iter().map(|name| fold(name)).collect();
        Ok(Self {
            titles,
            targets,
            groups,
            values,
            flags: yes.chain(no).collect(),
            personal_parts: list(&file.personal.parts),
            personal: file.personal.names.iter().map(|name| compact(name)).collect(),
            total: file.rows.total.iter().map(|name| compact(name)).collect(),
            below: list(&file.rows.below),
            ends: first_letters(file.rows.total.iter().chain(&file.rows.below)),
            as_of: folded(&file.title.as_of),
            unit: folded(&file.title.unit),
        })
    }

    /// How a target is called.
    #[must_use]
    pub fn title(&self, target: Target) -> &str {
        self.titles.get(&target).map_or("", String::as_str)
    }

    /// What a heading says, given the rows it stands in from the top one down.
    #[must_use]
    pub fn heading(&self, what: What, path: &[String]) -> Heading {
        let parts: Vec<String> =
            path.iter().map(|part| compact(part)).filter(|part| !part.is_empty()).collect();
        let find = |name: String| self.targets.get(&(what, name)).copied();
        let Some(last) = parts.last() else { return Heading::Unknown };
        // A column of shares under the column of its count: "Đúng hẹn / Tỷ lệ %".
        let bare_share = last == "%" && parts.len() > 1;
        let bare_count = matches!(last.as_str(), "soluong" | "sohoso" | "hoso" | "so") && parts.len() > 1;
        let steps = if bare_share || bare_count { parts.len() - 1 } else { parts.len() };
        let end = if bare_share { format!("{}%", parts[steps - 1]) } else { parts[steps - 1].clone() };
        let group = parts[..steps - 1].iter().find_map(|part| self.groups.get(part));
        let whole = group.and_then(|group| find(format!("@{group}/{end}"))).or_else(|| find(parts.concat()));
        if let Some(target) = whole {
            return Heading::Target { target, whole: true };
        }
        // Under a group, "Tổng số" alone could be anything; a name that says enough by itself is taken.
        if let Some(target) = find(end.clone()) {
            return Heading::Target { target, whole: parts.len() == 1 };
        }
        // A heading over one column with nothing beneath that matters.
        if parts.len() > 1
            && bare_count
            && let Some(target) = find(parts[0].clone())
        {
            return Heading::Target { target, whole: false };
        }
        let joined = parts.concat();
        let personal = self.personal.contains(&joined)
            || self.personal.contains(last)
            || self.personal_parts.iter().any(|part| joined.contains(part.as_str()));
        if personal { Heading::Personal } else { Heading::Unknown }
    }

    /// What a word of a cell of a target means.
    #[must_use]
    pub fn value(&self, target: Target, compact: &str) -> Option<&str> {
        debug_assert_eq!(target.kind(), Kind::Choice);
        self.values.get(&(target, compact.to_owned())).map(String::as_str)
    }

    /// Yes or no.
    #[must_use]
    pub fn flag(&self, compact: &str) -> Option<bool> {
        self.flags.get(compact).copied()
    }

    /// Whether a text may begin a row that is no data: most need not be looked at more closely.
    #[must_use]
    pub(super) fn may_end(&self, text: &str) -> bool {
        text.trim_start().chars().next().is_some_and(|first| self.ends.contains(&first))
    }

    /// Whether a row that begins with these words sums up others.
    #[must_use]
    pub fn is_total(&self, compact: &str) -> bool {
        self.total.contains(compact)
    }

    /// Whether a row that begins with these words stands below the table.
    #[must_use]
    pub fn is_below(&self, compact: &str) -> bool {
        self.below.iter().any(|name| compact.starts_with(name.as_str()))
    }

    /// All compact names of columns that have no group, for telling headings in a foreign script.
    pub(super) fn plain_names(&self) -> impl Iterator<Item = &str> {
        self.targets.keys().map(|(_, name)| name.as_str()).filter(|name| !name.starts_with('@'))
    }
}

/// First letters, small and capital.
fn first_letters<'n>(names: impl Iterator<Item = &'n String>) -> HashSet<char> {
    let first = names.filter_map(|name| name.chars().next());
    first.flat_map(|c| c.to_lowercase().chain(c.to_uppercase())).collect()
}

/// A name of a target as it is looked up: `@done/tongso`, or the compact name.
fn key(name: &str) -> String {
    match name.strip_prefix('@').and_then(|rest| rest.split_once('/')) {
        Some((group, end)) => format!("@{}/{}", group.trim(), compact(end)),
        None => compact(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(what: What, path: &[&str]) -> Heading {
        let names = Dictionary::builtin().expect("the shipped names are right");
        names.heading(what, &path.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>())
    }

    fn target(what: What, path: &[&str]) -> Option<Target> {
        match heading(what, path) {
            Heading::Target { target, .. } => Some(target),
            _ => None,
        }
    }

    #[test]
    fn names_do_not_depend_on_marks_case_blanks_or_punctuation() {
        for (a, b) in [
            ("Mã hồ sơ", "MaHoSo"),
            ("  MÃ   HỒ_SƠ (*)", "ma-ho-so"),
            ("Tỉ lệ đúng hẹn (%)", "Tỷ lệ đúng hẹn"),
            ("Đúng hẹn (%)", "% đúng hẹn"),
            ("Tổng số (3)=(4)+(5)+(6)", "Tổng số"),
            ("Ma\u{303} ho\u{302}\u{300} so\u{31b}", "Mã hồ sơ"),
        ] {
            assert_eq!(compact(a), compact(b), "{a} and {b}");
        }
        assert_ne!(compact("Đúng hẹn"), compact("Tỷ lệ đúng hẹn"));
    }

    #[test]
    fn headings_of_one_row_are_found_in_every_spelling() {
        use Target as T;
        for (name, expected) in [
            ("Mã hồ sơ", T::Code),
            ("NGAY_TIEP_NHAN", T::ReceivedAt),
            ("ngày hẹn trả kết quả", T::DueAt),
            ("TrangThaiHoSo", T::Status),
            ("KenhThucHien", T::Channel),
            ("Cơ quan giải quyết", T::Unit),
            ("received_at", T::ReceivedAt),
        ] {
            assert_eq!(target(What::Dossiers, &[name]), Some(expected), "{name}");
        }
        for (name, expected) in [
            ("NHAN_TRONG_KY", T::Received),
            ("Tỷ lệ % đúng hẹn", T::OnTimeRate),
            ("Chưa xử lý quá hạn", T::Overdue),
            ("pending_in_time", T::WithinDeadline),
            ("DEN_NGAY", T::To),
        ] {
            assert_eq!(target(What::Figures, &[name]), Some(expected), "{name}");
        }
    }

    #[test]
    fn the_same_words_mean_what_their_group_says() {
        use Target as T;
        let received = "Số hồ sơ tiếp nhận";
        for (path, expected) in [
            (&["Số lượng hồ sơ đã giải quyết", "Quá hạn"][..], T::Late),
            (&["Số lượng hồ sơ đang giải quyết", "Quá hạn"], T::Overdue),
            (&["Đang giải quyết", "Tổng số"], T::Pending),
            (&["Đã giải quyết", "Tổng số"], T::Done),
            (&[received, "Tổng số"], T::Total),
            (&[received, "Trong kỳ", "Trực tuyến"], T::ReceivedOnline),
            (&[received, "Trong kỳ", "Trực tiếp, dịch vụ bưu chính"], T::ReceivedDirect),
            (&[received, "Từ kỳ trước"], T::CarriedOver),
            (&["Đã xử lý", "Đúng hẹn", "Số lượng"], T::OnTime),
            (&["Đã xử lý", "Đúng hẹn", "Tỷ lệ (%)"], T::OnTimeRate),
            (&["Chưa xử lý", "Quá hạn", "%"], T::OverdueRate),
            (&["Đúng hẹn", "Tỷ lệ"], T::OnTimeRate),
            (&["Lĩnh vực", ""], T::Field),
        ] {
            assert_eq!(target(What::Figures, path), Some(expected), "{path:?}");
        }
    }

    #[test]
    fn columns_about_citizens_are_known_and_no_target_is_taken_for_one() {
        for name in [
            "Chủ hồ sơ",
            "Họ và tên người nộp",
            "Số CCCD",
            "SoDinhDanh",
            "SĐT",
            "Địa chỉ thường trú",
            "Email",
            "Ngày sinh",
            "TrichYeuHoSo",
            "Tên",
            "DinhDanhCHS",
            "owner_name",
            "Cá nhân, tổ chức",
        ] {
            assert_eq!(heading(What::Dossiers, &[name]), Heading::Personal, "{name}");
        }
        for name in ["STT", "Màu", "Ký hiệu"] {
            assert_eq!(heading(What::Dossiers, &[name]), Heading::Unknown, "{name}");
        }
    }
}
