//! Standing notices of the window: what stays true until something is done about it.

use crate::{
    App,
    report::Today,
    wire::{NoticeView, Target},
};
use pvhcc_domain::{text::number, time::Ms};
use pvhcc_store::{Gap, Recovery};

/// Gaps named one by one; beyond them only their number is said.
const GAPS: usize = 3;

impl App {
    pub(crate) async fn notices(&self, today: &Today) -> Vec<NoticeView> {
        let mut notices = Vec::new();
        let mut put = |level: &str, message: String, target: Option<Target>| {
            notices.push(NoticeView { level: level.to_owned(), message, target });
        };
        if let Some(recovery) = &self.0.opened.journal_recovered {
            let whole = recovery.missing.is_empty() && !recovery.local_from_backup;
            let what = format!("Nhật ký bị hỏng hoặc thiếu, phát hiện lúc {}", moment(recovery.at));
            put(if whole { "warn" } else { "bad" }, format!("{what}. {}", recovery_text(recovery)), None);
        }
        if self.0.opened.observations_recovered {
            put(
                "warn",
                "Tệp số đo bị hỏng đã được chuyển sang một bên; số đo mới đang được ghi lại từ đầu."
                    .to_owned(),
                None,
            );
        }
        if let Some((text, day)) = today.notice() {
            put("bad", text, Some(Target::report(day)));
        }
        let session = self.0.session.lock().await;
        if session.person().is_some() && session.on_network() == Some(false) {
            put(
                "warn",
                "Đang làm việc ngoại tuyến. Mọi thao tác vẫn được ghi trên máy này.".to_owned(),
                None,
            );
        }
        notices
    }

    /// The window with the notice is closed by its user: the recovery is not told again.
    pub(crate) async fn notices_seen(&self) {
        if self.0.opened.journal_recovered.is_some()
            && let Err(e) = self.0.store.recovery_told().await
        {
            tracing::warn!(error = %e, "the recovery will be told again");
        }
    }
}

/// What a recovery brought back, from where, and from which moment to which acts are missing or may be.
#[must_use]
pub fn recovery_text(r: &Recovery) -> String {
    let mut text = format!("Đã khôi phục {} thao tác", number(r.events));
    let backup = match r.backup_at {
        Some(at) => format!("bản sao lưu lúc {}", moment(at)),
        None => "bản sao lưu".to_owned(),
    };
    text += &match &r.from_backup {
        Some(_) => {
            format!(
                ": {} từ {backup}, {} đọc được từ tệp cũ",
                number(r.events_from_backup),
                number(r.salvaged)
            )
        }
        None => " đọc được từ tệp cũ; không có bản sao lưu dùng được".to_owned(),
    };
    text += ". ";
    if r.missing.is_empty() {
        text += "Không thiếu thao tác nào.";
    } else {
        let named: Vec<String> = r.missing.iter().take(GAPS).map(gap).collect();
        text += &named.join("; ");
        if r.missing.len() > GAPS {
            text += &format!("; và {} khoảng khác", r.missing.len() - GAPS);
        }
        text += ". Hãy đối chiếu và nhập lại các thao tác đó.";
    }
    if r.local_from_backup {
        text += match r.from_backup {
            Some(_) => " Tên người, mã PIN và bản nháp lấy theo bản sao lưu.",
            None => " Tên người, mã PIN và bản nháp đã mất.",
        };
    }
    if let Some(name) = r.moved_to.as_ref().and_then(|path| path.file_name()) {
        text += &format!(" Tệp cũ được giữ với tên {}.", name.to_string_lossy());
    }
    text
}

fn gap(gap: &Gap) -> String {
    let from = gap.after.map_or("từ đầu nhật ký".to_owned(), |at| format!("từ {}", moment(at)));
    let to = gap.until.map_or("đến lúc phát hiện".to_owned(), |at| format!("đến {}", moment(at)));
    match (gap.events, gap.until) {
        (0, _) => format!("Thao tác {from} {to} có thể thiếu"),
        (n, Some(_)) => format!("Thiếu {} thao tác {from} {to}", number(n)),
        (n, None) => format!("Thiếu ít nhất {} thao tác {from} {to}", number(n)),
    }
}

/// `28/05/2026 14:05`.
fn moment(at: Ms) -> String {
    at.local().format("%d/%m/%Y %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(text).expect("valid")
    }

    fn recovery() -> Recovery {
        Recovery {
            at: at("2026-05-29T15:10:00+07:00"),
            from_backup: Some("backups/journal-2026-05-28T14-05-00.000.db".into()),
            backup_at: Some(at("2026-05-28T14:05:00+07:00")),
            moved_to: Some("training/journal.db.hong-2026-05-29T15-10-00.000".into()),
            events_from_backup: 1200,
            salvaged: 34,
            rechained: 0,
            refused: 0,
            events: 1234,
            missing: Vec::new(),
            local_from_backup: false,
        }
    }

    #[test]
    fn a_whole_recovery_says_so_with_numbers_and_the_backups_time() {
        assert_eq!(
            recovery_text(&recovery()),
            "Đã khôi phục 1.234 thao tác: 1.200 từ bản sao lưu lúc 28/05/2026 14:05, 34 đọc được từ tệp cũ. Không thiếu \
             thao tác nào. Tệp cũ được giữ với tên journal.db.hong-2026-05-29T15-10-00.000."
        );
    }

    #[test]
    fn what_is_missing_is_named_by_number_and_moments_and_what_may_be_as_may_be() {
        let (one, two) = (at("2026-05-28T14:05:00+07:00"), at("2026-05-28T16:00:00+07:00"));
        let gap = |after, until, events| Gap { after, until, events };
        for (missing, said) in [
            (gap(Some(one), Some(two), 6), "Thiếu 6 thao tác từ 28/05/2026 14:05 đến 28/05/2026 16:00. Hãy"),
            (gap(Some(one), None, 3), "Thiếu ít nhất 3 thao tác từ 28/05/2026 14:05 đến lúc phát hiện. Hãy"),
            (gap(Some(one), None, 0), "Thao tác từ 28/05/2026 14:05 đến lúc phát hiện có thể thiếu. Hãy"),
            (gap(None, Some(two), 2), "Thiếu 2 thao tác từ đầu nhật ký đến 28/05/2026 16:00. Hãy"),
        ] {
            let text = recovery_text(&Recovery { missing: vec![missing], ..recovery() });
            assert!(text.contains(said) && !text.contains("Không thiếu"), "{text}");
        }
        let text = recovery_text(&Recovery { missing: vec![gap(Some(one), Some(two), 1); 5], ..recovery() });
        assert!(text.contains("; và 2 khoảng khác."), "{text}");
    }

    #[test]
    fn without_a_backup_names_and_drafts_are_told_as_lost() {
        let text = recovery_text(&Recovery { from_backup: None, local_from_backup: true, ..recovery() });
        assert!(
            text.contains("không có bản sao lưu dùng được") && text.contains("bản nháp đã mất"),
            "{text}"
        );
    }
}
