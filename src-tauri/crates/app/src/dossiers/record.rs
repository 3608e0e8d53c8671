//! One record: every field as told, every version with what changed, and where each comes from.

use super::{
    list::standing,
    names::{Names, channel},
    provenance::origin,
};
use crate::{
    App, messages,
    wire::{
        DossierArgs, DossierFilter, DossierView, ErrorCode, RecordChange, RecordField, RecordVersion,
        SplitBy, WireError,
    },
    words,
};
use pvhcc_domain::{
    dossier::{Channel, DossierId, Payment, Period, Record, ServiceLevel},
    text::number,
    time::Ms,
};
use pvhcc_store::KeptRecord;
use std::collections::BTreeMap;

/// A field: its name in the portal's record, what people call it, its value in words.
type Field = (&'static str, &'static str, Option<String>);

impl App {
    pub(crate) async fn dossier(&self, args: DossierArgs) -> Result<DossierView, WireError> {
        let number = self.dossier_named(&args).await?;
        let store = &self.0.store;
        let history = store.dossier_history(number).await.map_err(|e| messages::store(&e))?;
        let first = history.iter().map(|kept| kept.ordinal).min().unwrap_or(0);
        // The record that counts: the first of those still told, else the first there was.
        let present = history.iter().filter(|kept| kept.valid_to.is_none()).map(|kept| kept.ordinal).min();
        let own = present.unwrap_or(first);
        let Some(last) = history.iter().filter(|kept| kept.ordinal == own).max_by_key(|kept| kept.valid_from)
        else {
            return Err(not_there());
        };
        let asked = self
            .asked(
                &self.now().day().to_string(),
                DossierFilter { systems: vec![last.record.system.clone()], ..DossierFilter::default() },
                None,
            )
            .await?;
        let calendar = self.calendar_in_force().await?;
        let known = store.dossiers_numbered(&[number]).await.map_err(|e| messages::store(&e))?;
        let versions = known.first().and_then(|known| known.counted_at(Ms(i64::MAX))).unwrap_or_default();
        let today = asked.today();
        let standing =
            standing(versions, Ms(i64::MAX), Period { from: today, to: today }, &last.record, &calendar);
        let mut duplicates: Vec<String> = (history.iter())
            .filter(|kept| kept.ordinal != own && kept.valid_to.is_none())
            .map(|kept| kept.record.record.clone())
            .collect();
        duplicates.sort_unstable();
        duplicates.dedup();
        Ok(DossierView {
            dossier: number,
            system: last.record.system.clone(),
            system_name: asked.names.name(SplitBy::Subsystem, &last.record.system),
            code: last.record.code.clone(),
            standing: format!("{} · {}", words::dossier_status(last.record.status()), standing.words),
            fields: fields(&last.record, &asked.names)
                .into_iter()
                .map(|(name, label, value)| RecordField {
                    name: name.to_owned(),
                    label: label.to_owned(),
                    value,
                })
                .collect(),
            versions: self.versions(&history, own, &asked.names).await?,
            duplicates,
            provenance: self.record_provenance(&asked).await?,
        })
    }

    async fn dossier_named(&self, args: &DossierArgs) -> Result<DossierId, WireError> {
        match (args.dossier, args.system.as_deref(), args.code.as_deref()) {
            (Some(number), ..) => Ok(number),
            (None, Some(system), Some(code)) => {
                let found = self.0.store.dossier_number(system, code).await;
                found.map_err(|e| messages::store(&e))?.ok_or_else(not_there)
            }
            _ => Err(messages::invalid("dossier", "Cần số của hồ sơ, hoặc mã hệ thống và mã hồ sơ.")),
        }
    }

    /// Every version of one record, newest first.
    async fn versions(
        &self,
        history: &[KeptRecord],
        ordinal: u32,
        names: &Names,
    ) -> Result<Vec<RecordVersion>, WireError> {
        let mut own: Vec<&KeptRecord> = history.iter().filter(|kept| kept.ordinal == ordinal).collect();
        own.sort_by_key(|kept| kept.valid_from);
        let rounds: Vec<i64> = own.iter().map(|kept| kept.origin).collect();
        let origins = self.0.store.origins(&rounds).await.map_err(|e| messages::store(&e))?;
        let files: BTreeMap<i64, String> = if origins.values().any(|origin| origin.import.is_some()) {
            let imports = self.0.store.imports().await.map_err(|e| messages::store(&e))?;
            imports.into_iter().map(|import| (import.id, import.head.name)).collect()
        } else {
            BTreeMap::new()
        };
        let now = self.now();
        let mut versions: Vec<RecordVersion> = (own.iter().enumerate())
            .map(|(i, kept)| {
                let before = i.checked_sub(1).map(|before| &own[before].record);
                let next = own.get(i + 1).map(|next| next.valid_from);
                RecordVersion {
                    valid_from: kept.valid_from.0,
                    valid_to: kept.valid_to.map(|to| to.0),
                    changes: before.map(|before| changes(before, &kept.record, names)).unwrap_or_default(),
                    origin: origins.get(&kept.origin).map_or_else(
                        || format!("số liệu tại {}", words::moment(kept.as_of, now)),
                        |o| {
                            origin(o, o.import.and_then(|import| files.get(&import)).map(String::as_str), now)
                        },
                    ),
                    gone: kept.valid_to.is_some() && kept.valid_to != next,
                }
            })
            .collect();
        versions.reverse();
        Ok(versions)
    }
}

fn not_there() -> WireError {
    WireError::new(ErrorCode::NotFound, "Không có hồ sơ này. Hồ sơ có thể thuộc lần nhập đã được hoàn tác.")
}

fn changes(before: &Record, after: &Record, names: &Names) -> Vec<RecordChange> {
    let pairs = fields(before, names).into_iter().zip(fields(after, names));
    pairs
        .filter(|((_, _, old), (_, _, new))| old != new)
        .map(|((_, label, before), (_, _, after))| RecordChange { label: label.to_owned(), before, after })
        .collect()
}

/// Every field of the allow-list, in the order shown.
fn fields(record: &Record, names: &Names) -> Vec<Field> {
    let named = |by, code: &Option<String>| {
        code.as_deref().map(|code| {
            let name = names.name(by, code);
            if name == code { name } else { format!("{name} ({code})") }
        })
    };
    let at = |at: Option<Ms>| at.map(|at| at.local().format("%H:%M %d/%m/%Y").to_string());
    let yes = |flag: Option<bool>| flag.map(|yes| if yes { "có" } else { "không" }.to_owned());
    let wrong = |code: u8| format!("mã {code}, không có trong danh mục");
    vec![
        ("MaHoSo", "Mã hồ sơ", Some(record.code.clone())),
        ("", "Mã bản ghi ở nguồn", Some(record.record.clone()).filter(|id| !id.is_empty())),
        ("DonViXuLy", "Đơn vị xử lý", named(SplitBy::Unit, &record.unit)),
        ("MaLinhVuc", "Lĩnh vực", named(SplitBy::Field, &record.field)),
        ("MaTTHC", "Thủ tục", named(SplitBy::Procedure, &record.procedure)),
        (
            "",
            "Mức độ dịch vụ công",
            record.service_level.map(|level| {
                match level {
                    ServiceLevel::Full => "toàn trình",
                    ServiceLevel::Partial => "một phần",
                    ServiceLevel::None => "không cung cấp trực tuyến",
                }
                .to_owned()
            }),
        ),
        (
            "KenhThucHien",
            "Kênh thực hiện",
            record.channel_code.map(|code| {
                Channel::from_code(code).map_or_else(|| wrong(code), |c| channel(c.as_str()).to_lowercase())
            }),
        ),
        (
            "TrangThaiHoSo",
            "Trạng thái",
            record.status_code.map(|code| match record.status() {
                Some(status) => format!("{} ({code})", words::dossier_status(Some(status))),
                None => wrong(code),
            }),
        ),
        ("NgayNopHoSo", "Ngày nộp", at(record.submitted_at)),
        ("NgayTiepNhan", "Ngày tiếp nhận", at(record.received_at)),
        ("NgayHenTra", "Ngày hẹn trả", at(record.due_at)),
        ("NgayKetThucXuLy", "Ngày kết thúc xử lý", at(record.finished_at)),
        ("NgayTra", "Ngày trả kết quả", at(record.returned_at)),
        ("HoSoCoThanhPhanSoHoa", "Có thành phần số hóa", yes(record.digitised)),
        ("DuocTaiSuDung", "Có giấy tờ tái sử dụng", yes(record.reused)),
        ("", "Kết quả điện tử", yes(record.electronic_result)),
        (
            "",
            "Phí, lệ phí",
            record.fee.map(|fee| format!("{} đồng", number(i64::try_from(fee).unwrap_or(i64::MAX)))),
        ),
        (
            "DuocThanhToanTrucTuyen",
            "Thanh toán trực tuyến",
            record.payment.map(|payment| {
                match payment {
                    Payment::Portal => "qua Cổng DVCQG",
                    Payment::Own => "qua cổng của hệ thống",
                    Payment::NotOnline => "không",
                }
                .to_owned()
            }),
        ),
        ("", "Số lần yêu cầu bổ sung", record.supplements.map(|n| n.to_string())),
        ("", "Nguồn sửa lần cuối", at(record.changed_at)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossiers::names::UnitNames;
    use pvhcc_domain::{dossier::systems::Systems, units::Units};
    use std::sync::Arc;

    #[test]
    fn a_change_is_told_in_words_and_what_stayed_is_not() {
        let units = UnitNames::of(&Units::builtin().expect("units"));
        let systems = Systems::builtin().expect("systems");
        let names = Names::new(Arc::new(systems), Arc::new(units), BTreeMap::new(), BTreeMap::new());
        let before = Record {
            code: "H21-1".into(),
            status_code: Some(4),
            unit: Some("H21.16".into()),
            ..Record::default()
        };
        let finished_at = Ms::parse_rfc3339("2026-05-29T09:30:00+07:00").ok();
        let after = Record { status_code: Some(99), finished_at, ..before.clone() };
        let told = changes(&before, &after, &names);
        let labels: Vec<&str> = told.iter().map(|c| c.label.as_str()).collect();
        assert_eq!(labels, ["Trạng thái", "Ngày kết thúc xử lý"]);
        assert_eq!(told[0].after.as_deref(), Some("mã 99, không có trong danh mục"));
        assert_eq!((told[1].before.as_deref(), told[1].after.as_deref()), (None, Some("09:30 29/05/2026")));
        let unit = fields(&before, &names).into_iter().find(|f| f.0 == "DonViXuLy").and_then(|f| f.2);
        assert_eq!(unit.as_deref(), Some("Sở Tư pháp (H21.16)"));
    }
}
