//! Vietnamese written in fonts of before Unicode: told apart, so that it can be refused by name instead of read wrong.
//!
//! Both scripts put their letters where Western ones stand, so a text of them is valid in many encodings and only its
//! words give it away: read as one of these scripts they are words that every such file has.

use super::names::{Dictionary, compact};

/// A script of before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN3, also called ABC: fonts named `.Vn…`.
    Tcvn3,
    /// VNI: fonts named `VNI-…`.
    Vni,
}

impl Legacy {
    /// As people know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC, phông .Vn…)",
            Self::Vni => "VNI (phông VNI-…)",
        }
    }

    /// The text without marks, were it in this script. The characters are those that Western encodings have at the
    /// places the script uses.
    fn fold(self, text: &str) -> String {
        text.chars().filter_map(|c| self.letter(c)).collect()
    }

    fn letter(self, c: char) -> Option<char> {
        match self {
            Self::Tcvn3 => {
                Some(TCVN3.iter().find(|(_, places)| places.contains(c)).map_or(c, |(letter, _)| *letter))
            }
            // A mark after its letter is a letter of its own.
            Self::Vni if VNI_MARKS.contains(c) => None,
            Self::Vni => {
                Some(VNI.iter().find(|(_, places)| places.contains(c)).map_or(c, |(letter, _)| *letter))
            }
        }
    }
}

/// Letters without marks, and the Western letters at whose places TCVN3 has them.
const TCVN3: [(char, &str); 7] = [
    ('a', "¡¢¨©µ¶·¸¹»¼½¾ÆÇÈÉÊË"),
    ('d', "§®"),
    ('e', "£ªÌÎÏÐÑÒÓÔÕÖ"),
    ('i', "×ØÜÝÞ"),
    ('o', "¤¥«¬ßáâãäåæçèéêëìíî"),
    ('u', "¦\u{ad}ïñòóôõö÷øù"),
    ('y', "úûüýþ"),
];

/// Letters of their own in VNI.
const VNI: [(char, &str); 5] = [('d', "ñÑ"), ('o', "ôÔ"), ('u', "öÖ"), ('i', "íìæóòÍÌÆÓÒ"), ('y', "îÎ")];

/// Marks of VNI, each after its letter.
const VNI_MARKS: &str = "ùøûõïâêáàåãäéèúüëÙØÛÕÏÂÊÁÀÅÃÄÉÈÚÜË";

/// Words that files of dossiers have, without marks. Those of one letter or of none in a foreign alphabet tell nothing.
const COMMON: [&str; 40] = [
    "so", "ho", "don", "vi", "ngay", "tiep", "nhan", "da", "giai", "quyet", "tra", "ten", "linh", "vuc",
    "thu", "tuc", "ma", "han", "xu", "ly", "cua", "trang", "thai", "tong", "cong", "hen", "ket", "qua",
    "phuong", "xa", "tinh", "dung", "truoc", "truc", "tuyen", "dang", "bao", "cao", "hanh", "chinh",
];

/// How many words of a text are known ones that are not plain ASCII: it is Vietnamese, and read as it was written.
#[must_use]
pub fn known_words(text: &str) -> usize {
    strange(text).filter(|word| COMMON.contains(&compact(word).as_str())).count()
}

/// Words with letters that Western alphabets lack.
fn strange(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).filter(|word| !word.is_ascii())
}

/// The script that a text is written in, when its words show it: at least two known words that are none as they stand.
#[must_use]
pub fn legacy(text: &str) -> Option<Legacy> {
    let mut found = [0_usize; 2];
    let plain = known_words(text);
    for word in strange(text) {
        for (count, script) in found.iter_mut().zip([Legacy::Tcvn3, Legacy::Vni]) {
            let read = script.fold(word).to_lowercase();
            *count += usize::from(COMMON.contains(&read.as_str()));
        }
    }
    let [tcvn3, vni] = found;
    let (most, script) = if tcvn3 >= vni { (tcvn3, Legacy::Tcvn3) } else { (vni, Legacy::Vni) };
    (most >= 2 && most > plain).then_some(script)
}

/// The script that a row of headings is written in: read so, more of them are names of columns than as they stand.
#[must_use]
pub fn legacy_headings(names: &Dictionary, cells: &[String]) -> Option<Legacy> {
    let known = |read: &dyn Fn(&str) -> String| {
        cells.iter().filter(|cell| names.plain_names().any(|name| name == read(cell))).count()
    };
    let plain = known(&compact);
    [Legacy::Tcvn3, Legacy::Vni].into_iter().find(|script| {
        let read = known(&|cell| compact(&script.fold(cell)));
        read >= 2 && read > plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_is_known_by_its_words_and_unicode_is_none() {
        for (text, expected) in [
            ("Sè hå s¬ tiÕp nhËn trong kú", Some(Legacy::Tcvn3)),
            ("Ngµy tiÕp nhËn;Ngµy hÑn tr¶;§¬n vÞ", Some(Legacy::Tcvn3)),
            ("Soá hoà sô tieáp nhaän", Some(Legacy::Vni)),
            ("Ngaøy tieáp nhaän, Ñôn vò, Traïng thaùi", Some(Legacy::Vni)),
            ("Số hồ sơ tiếp nhận, ngày hẹn trả, đơn vị, trạng thái", None),
            ("So ho so tiep nhan", None),
            ("Numéro du dossier, reçu à l'unité", None),
            ("", None),
        ] {
            assert_eq!(legacy(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_of_a_sheet_in_an_old_font_are_known_too() {
        let names = Dictionary::builtin().expect("right");
        let row = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        let old = row(&["M· hå s¬", "Ngµy tiÕp nhËn", "Tr¹ng th¸i"]);
        assert_eq!(legacy_headings(names, &old), Some(Legacy::Tcvn3));
        let unicode = row(&["Mã hồ sơ", "Ngày tiếp nhận", "Trạng thái"]);
        assert_eq!(legacy_headings(names, &unicode), None);
    }
}
