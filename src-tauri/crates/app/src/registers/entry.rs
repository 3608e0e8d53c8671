//! What an entry of the register of fallback says, checked: nothing required is missing, nothing lies in the future, nothing
//! tells of a citizen, nothing is there twice.

use crate::{
    App,
    checklist::note,
    messages,
    wire::{FallbackWords, WireError},
};
use pvhcc_domain::{
    operation::register::{
        FallbackEntry, FallbackKind, FallbackState, Personal, Twice, personal, taken_twice,
    },
    text::{instant, nfc, number},
    time::Ms,
};

/// Longest receipt or code, characters.
const LONGEST_CODE: usize = 80;
/// Most money of one receipt, đồng.
const MOST_MONEY: i64 = 10_000_000_000;
/// Entities of incidents.
const INCIDENT: &str = "incident:";

/// Refuses what tells of a citizen, by the field it stands in.
pub(super) fn nothing_personal(field: &str, text: &str) -> Result<(), WireError> {
    let what = match personal(text) {
        None => return Ok(()),
        Some(Personal::CitizenNumber) => "số định danh cá nhân (12 chữ số)",
        Some(Personal::Phone) => "số điện thoại",
    };
    let title = match field {
        "receipt" => "Số biên nhận",
        "dossier" => "Mã hồ sơ",
        "procedure" => "Mã thủ tục",
        "remark" => "Ghi chú",
        "reason" => "Lý do",
        "source" => "Nguồn số liệu",
        _ => "Nội dung",
    };
    let message =
        format!("{title} giống {what} nên không giữ. Sổ này chỉ ghi mã hồ sơ và số biên nhận giấy.");
    Err(messages::invalid(field, &message))
}

/// A code or a number on one line; `None` where nothing stands.
pub(super) fn code(field: &str, text: Option<&str>) -> Result<Option<String>, WireError> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    let text = nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if text.chars().count() > LONGEST_CODE {
        return Err(messages::invalid(field, &format!("Mã dài quá {LONGEST_CODE} ký tự.")));
    }
    nothing_personal(field, &text)?;
    Ok(Some(text))
}

impl App {
    /// The entry that words make.
    pub(super) async fn entry_of(&self, words: FallbackWords) -> Result<FallbackEntry, WireError> {
        if !self.0.units.contains(&words.unit) {
            return Err(messages::invalid("unit", "Hãy chọn đơn vị tiếp nhận trong danh sách."));
        }
        let Some(receipt) = code("receipt", Some(&words.receipt))? else {
            return Err(messages::invalid("receipt", "Hãy ghi số biên nhận giấy hoặc số biên lai."));
        };
        let at = words.at.map_or_else(|| self.now(), Ms);
        if at > self.now() {
            return Err(messages::invalid("at", "Lúc tiếp nhận không thể sau hiện tại."));
        }
        let amount = match words.amount {
            None if words.kind == FallbackKind::Cash => {
                return Err(messages::invalid("amount", "Thu tiền mặt thì phải ghi số tiền."));
            }
            None => None,
            Some(n) if (1..=MOST_MONEY).contains(&n) => u64::try_from(n).ok(),
            Some(_) => {
                let message = format!("Số tiền phải từ 1 đến {} đồng.", number(MOST_MONEY));
                return Err(messages::invalid("amount", &message));
            }
        };
        let incident = words.incident.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        if let Some(id) = &incident
            && self.events_of(&format!("{INCIDENT}{id}")).await?.is_empty()
        {
            return Err(messages::invalid("incident", "Không có sự cố này trong sổ sự cố."));
        }
        let remark = note(words.remark.as_deref()).map_err(|e| e.with("field", "remark"))?;
        if let Some(remark) = &remark {
            nothing_personal("remark", remark)?;
        }
        Ok(FallbackEntry {
            kind: words.kind,
            unit: words.unit,
            receipt,
            at,
            procedure: code("procedure", words.procedure.as_deref())?,
            dossier: code("dossier", words.dossier.as_deref())?,
            amount,
            incident,
            remark,
        })
    }

    /// Refuses an entry that is there already.
    pub(super) fn check_once(
        &self,
        all: &[FallbackState],
        id: Option<&str>,
        entry: &FallbackEntry,
        dossier: Option<&str>,
    ) -> Result<(), WireError> {
        let other = |id: &str| {
            all.iter().find(|s| s.id == id).map_or_else(String::new, |s| {
                format!(
                    "{} của {}, {}",
                    s.entry.receipt,
                    self.0.units.name(&s.entry.unit),
                    instant(s.entry.at)
                )
            })
        };
        match taken_twice(all, id, entry, dossier) {
            None => Ok(()),
            Some(Twice::Receipt(twice)) => Err(messages::invalid(
                "receipt",
                &format!(
                    "Số {} đã có trong sổ ({}). Hãy xem lại số biên nhận.",
                    entry.receipt,
                    other(&twice)
                ),
            )),
            Some(Twice::Dossier(twice)) => Err(messages::invalid(
                "dossier",
                &format!(
                    "Mã hồ sơ {} đã ghi cho biên nhận {}. Hãy xem lại mã.",
                    dossier.unwrap_or_default(),
                    other(&twice)
                ),
            )),
        }
    }
}
