//! The DOCX as its parts, and as LibreOffice lays it out.

use super::{
    days,
    fixture::{form, full, stamp, words},
    paper, picture,
    tools::{assert_margins, office, pages, places, poppler},
};
use pvhcc_domain::report::freeze::Freeze;
use pvhcc_reports::daily::compose;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

/// The parts of a file by name, those that are text.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        assert_eq!(part.last_modified(), Some(zip::DateTime::default()), "{name} has no time of its own");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        parts.extend(String::from_utf8(bytes).ok().map(|text| (name, text)));
    }
    parts
}

#[test]
fn styles_headings_and_repeated_rows_are_real() {
    let parts = parts(&paper(&full()).docx().expect("DOCX"));
    let document = &parts["word/document.xml"];
    assert_eq!(document.matches("<w:pStyle w:val=\"Heading1\"/>").count(), 4, "four parts");
    assert!(document.matches("<w:pStyle w:val=\"Heading2\"/>").count() >= 9);
    let styles = &parts["word/styles.xml"];
    for level in [
        "<w:name w:val=\"heading 1\"/>",
        "<w:name w:val=\"heading 2\"/>",
        "<w:outlineLvl w:val=\"0\"/>",
        "<w:outlineLvl w:val=\"1\"/>",
    ] {
        assert!(styles.contains(level), "{level}");
    }
    // Every style that is used is there, and every table of figures repeats its heading.
    for used in
        document.split("w:pStyle w:val=\"").skip(1).map(|rest| rest.split('"').next().expect("a name"))
    {
        assert!(styles.contains(&format!("w:styleId=\"{used}\"")), "{used}");
    }
    let tables = document.matches("<w:tblStyle w:val=\"Grid\"/>").count();
    assert!(tables >= 10, "{tables}");
    assert_eq!(document.matches("<w:tblHeader/>").count(), tables);
    assert_eq!(document.matches("<w:titlePg/>").count(), 5, "the report and four annexes");
    assert_eq!(document.matches("w:orient=\"landscape\"").count(), 4);
    assert!(parts["word/head.xml"].contains("PAGE"));
    assert!(!parts["word/first_head.xml"].contains("PAGE"));
}

#[test]
fn every_part_is_well_formed_declared_and_related() {
    for (name, freeze) in days() {
        let parts = parts(&paper(&freeze).docx().expect("DOCX"));
        for (part, text) in &parts {
            let mut reader = quick_xml::Reader::from_str(text);
            reader.config_mut().check_end_names = true;
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(e) => panic!("{name}, {part}: {e}"),
                }
            }
        }
        let (types, relations) = (&parts["[Content_Types].xml"], &parts["word/_rels/document.xml.rels"]);
        for part in parts.keys().filter(|part| part.starts_with("word/") && !part.contains("_rels")) {
            assert!(types.contains(&format!("/{part}")), "{part} is declared");
            let target = part.trim_start_matches("word/");
            assert!(
                target == "document.xml" || relations.contains(&format!("Target=\"{target}\"")),
                "{part}"
            );
        }
        let document = &parts["word/document.xml"];
        for id in document.split("r:id=\"").chain(document.split("r:embed=\"")).skip(1) {
            let id = id.split('"').next().expect("an id");
            if id.starts_with("rId") {
                assert!(relations.contains(&format!("Id=\"{id}\"")), "{id} is related");
            }
        }
    }
}

#[test]
fn libreoffice_lays_it_out_within_the_margins_and_shows_the_same_words_as_the_pdf() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, freeze) in days() {
        let paper = paper(&freeze);
        let shown = office(folder.path(), &format!("{name}.docx"), &paper.docx().expect("DOCX"), "pdf");
        assert_margins(&places(&shown), freeze.training);
        let words = |pdf: &[u8]| -> BTreeMap<String, usize> {
            let mut words = BTreeMap::new();
            let pages = places(pdf);
            // Headings of tables are repeated where pages break, which is not at the same row.
            let all = pages
                .iter()
                .flat_map(|page| &page.words)
                .filter(|w| w.text.chars().any(|c| c.is_ascii_digit()));
            for word in all {
                *words.entry(word.text.clone()).or_default() += 1;
            }
            words
        };
        let (ours, theirs) = (words(&paper.pdf().expect("PDF")), words(&shown));
        let missing: Vec<&String> = ours
            .keys()
            .filter(|word| {
                !theirs.contains_key(*word) && word.parse::<u32>().is_err() && word.chars().count() < 40
            })
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        let fonts = poppler("pdffonts", &[], &shown);
        // Times New Roman and nothing else is asked for, and all of Vietnamese is in what stands for it.
        assert!(fonts.lines().skip(2).all(|line| line.contains("Tinos")), "{fonts}");
        let pages = pages(&shown);
        assert!(pages[0].contains("Độc lập - Tự do - Hạnh phúc") && pages[0].contains("Số: 07/BC-TTPVHCC"));
        assert!(pages[1].starts_with('2') || freeze.training, "{}", pages[1]);
    }
}

#[test]
fn what_a_person_writes_in_it_is_text_and_never_mark_up() {
    let mut words = words();
    words.proposals = "<w:p/> & \u{b}\u{ffff} \"]]>\n- a<b".into();
    let paper = compose(&full(), None, &words, &form(), &stamp(), &picture);
    let document = parts(&paper.docx().expect("DOCX"))["word/document.xml"].clone();
    assert!(document.contains("&lt;w:p/&gt; &amp; "));
    assert!(document.contains("- a&lt;b"));
    assert!(!document.contains('\u{b}') && !document.contains('\u{ffff}'));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(12))]

    /// Whatever is typed or pasted, each file is made, and the DOCX keeps what XML can hold of it.
    #[test]
    fn any_text_makes_all_three_files(said in "\\PC{0,60}|[\u{0}-\u{20}<>&\"'#$*_@\\[\\]{}]{0,30}", note in "\\PC{0,400}") {
        let mut freeze = full();
        freeze.tasks.rows[9].note.clone_from(&note);
        freeze.obstacles[0].text = said.clone();
        let mut words = words();
        words.proposals.clone_from(&said);
        let paper = compose(&freeze, None, &words, &form(), &stamp(), &picture);
        paper.pdf().expect("PDF");
        paper.xlsx().expect("XLSX");
        let document = parts(&paper.docx().expect("DOCX"))["word/document.xml"].clone();
        let mut reader = quick_xml::Reader::from_str(&document);
        let mut text = String::new();
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Text(part)) => text += &part,
                Ok(quick_xml::events::Event::GeneralRef(part)) => {
                    text += quick_xml::escape::resolve_predefined_entity(&part).expect("one of five");
                }
                Ok(_) => {}
                Err(e) => panic!("{e}"),
            }
        }
        for word in said.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
            proptest::prop_assert!(text.contains(word), "{}", word);
        }
    }
}

#[test]
fn the_mark_of_the_training_profile_stands_in_every_head_and_foot() {
    let freeze = Freeze { training: true, ..full() };
    let parts = parts(&paper(&freeze).docx().expect("DOCX"));
    for part in ["word/head.xml", "word/first_head.xml", "word/foot.xml", "word/annex_foot.xml"] {
        assert!(parts[part].contains("TẬP HUẤN"), "{part}");
    }
    assert!(parts["word/annex_foot.xml"].contains(&stamp().head));
}
