//! What was shown for the tasks done in the training history: files, links, test runs (`assets/sandbox/evidence.json`).
//! Files are written out from the task they belong to, so that everybody trains on the same ones.

use crate::{
    history::SeedEvent,
    noise::{bits, word},
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use pvhcc_domain::{
    act::Act,
    checklist::Row,
    evidence::{Evidence, FileRef, TestResult},
    time::Ms,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

const SCENARIO: &str = include_str!("../../../../assets/sandbox/evidence.json");

#[derive(Deserialize)]
pub(crate) struct Shown {
    documents: HashMap<String, Document>,
    tests: HashMap<String, Vec<Test>>,
    without: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Document {
    link: Option<String>,
    title: Option<String>,
    file: Option<String>,
    after: i64,
}

#[derive(Deserialize)]
struct Test {
    by: String,
    tried: String,
    result: TestResult,
    minutes: Option<String>,
    after: i64,
}

impl Shown {
    pub(crate) fn builtin() -> Self {
        serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in evidence: {e}"))
    }

    /// Why a task was called done though nothing showed it.
    pub(crate) fn without(&self, no: &str) -> Option<String> {
        self.without.get(no).cloned()
    }

    /// What was shown for a task done on `day`; the same person said so who recorded it.
    pub(crate) fn of_a_done_task(
        &self,
        seed: u64,
        row: &Row,
        day: NaiveDate,
        who: &'static str,
    ) -> Vec<SeedEvent> {
        let entity = format!("task:{}", row.no);
        let event = |after: i64, hour: u32, evidence: Evidence, file: Option<String>| SeedEvent {
            said_at: moment(seed, row, day, after, hour),
            person: who,
            entity: entity.clone(),
            act: Act::EvidenceAdded { evidence },
            file,
        };
        let mut events = Vec::new();
        if let Some(document) = self.documents.get(&row.no) {
            let (evidence, file) = match (&document.link, &document.file) {
                (Some(url), _) => {
                    (Some(Evidence::Link { url: url.clone(), title: document.title.clone() }), None)
                }
                (None, Some(name)) => {
                    let text = record(row, day, "Hai bên xác nhận nhiệm vụ đã hoàn thành theo yêu cầu.");
                    (Some(Evidence::File { file: file_ref(name, &text) }), Some(text))
                }
                (None, None) => (None, None),
            };
            events.extend(evidence.map(|evidence| event(document.after, 14, evidence, file)));
        }
        for test in self.tests.get(&row.no).into_iter().flatten() {
            let on = moment(seed, row, day, test.after, 9).day();
            let text = test.minutes.as_ref().map(|_| record(row, on, &test.tried));
            let minutes = test.minutes.as_ref().zip(text.as_ref()).map(|(name, text)| file_ref(name, text));
            let (by, tried, result) = (test.by.clone(), test.tried.clone(), test.result);
            events.push(event(test.after, 15, Evidence::TestRun { on, by, tried, result, minutes }, text));
        }
        events
    }
}

/// Some minute of the afternoon, on a working day `after` days from `day`.
fn moment(seed: u64, row: &Row, day: NaiveDate, after: i64, hour: u32) -> Ms {
    let days = Days::new(after.unsigned_abs());
    let mut on =
        if after < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }.unwrap_or(day);
    while matches!(on.weekday(), Weekday::Sat | Weekday::Sun) {
        on = on.succ_opt().unwrap_or(on);
    }
    let minute = (bits(seed, &[word(&row.no), u64::from(hour), 11]) % 100) as i64;
    Ms::at(on, hour, 10).plus(minute * 60_000)
}

fn record(row: &Row, day: NaiveDate, what: &str) -> String {
    format!(
        "BIÊN BẢN\r\n(dữ liệu tập huấn, không có giá trị pháp lý)\r\n\r\nNhiệm vụ: TT {}. {}\r\nNgày: {}\r\n\
         Nội dung: {what}\r\n",
        row.no,
        row.title,
        day.format("%d/%m/%Y")
    )
}

fn file_ref(name: &str, text: &str) -> FileRef {
    FileRef {
        sha256: hex::encode(Sha256::digest(text.as_bytes())),
        name: name.to_owned(),
        media_type: "text/plain".to_owned(),
        size: text.len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::{checklist::Checklist, evidence::check, proof::Need};

    #[test]
    fn every_document_and_test_of_the_data_belongs_to_a_task_that_needs_it() {
        let (shown, checklist) = (Shown::builtin(), Checklist::builtin().expect("checklist"));
        let need = |no: &str| checklist.get(no).and_then(|row| Need::of(row, &checklist));
        assert!(shown.documents.keys().all(|no| need(no) == Some(Need::Document)));
        assert!(shown.tests.keys().all(|no| matches!(need(no), Some(Need::FlowTest(_)))));
        assert!(shown.documents.values().all(|d| d.link.is_some() != d.file.is_some()));
    }

    #[test]
    fn files_carry_the_hash_of_their_text_and_evidence_obeys_its_rules() {
        for event in crate::history(1) {
            let Act::EvidenceAdded { evidence } = &event.act else { continue };
            assert_eq!(check(evidence, event.said_at.day()), Ok(()), "{event:?}");
            assert_eq!(evidence.file().is_some(), event.file.is_some());
            if let (Some(file), Some(text)) = (evidence.file(), &event.file) {
                assert_eq!(file.sha256, hex::encode(Sha256::digest(text.as_bytes())));
                assert!(text.contains("tập huấn"));
            }
        }
    }
}
