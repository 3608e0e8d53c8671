//! What limits the figures of a report, in one place for the report, its workbook and the window.

use super::{
    operation,
    phrases::{moment, sentence},
};
use pvhcc_domain::report::freeze::{Freeze, Seen, SourceLine};

/// What limits the figures as a whole, Vietnamese, one sentence each: sources that are stale, failing or were never seen, tasks
/// that cannot be seen, figures that do not agree. Empty when nothing does.
#[must_use]
pub fn caveats(freeze: &Freeze) -> Vec<String> {
    let mut said = Vec::new();
    let sources = &freeze.sources;
    if !sources.is_empty() && sources.iter().all(|s| s.as_of.is_none()) {
        said.push(
            "Đến thời điểm chốt số liệu chưa nguồn nào có số liệu; báo cáo chỉ gồm nội dung do các đơn vị cập nhật.".into(),
        );
    } else if !sources.is_empty() && sources.iter().all(|s| s.seen != Seen::Fresh) {
        said.push(
            "Tại thời điểm chốt số liệu không có nguồn nào được cập nhật; báo cáo được lập từ số liệu gần nhất đã có."
                .into(),
        );
    }
    said.extend(sources.iter().filter_map(source));
    let tasks = &freeze.tasks;
    if tasks.unobserved > 0 {
        said.push(format!(
            "{} nhiệm vụ trước đây có minh chứng, nay không quan sát được; các nhiệm vụ này không được tính là có minh \
             chứng.",
            tasks.unobserved
        ));
    }
    if freeze.dossiers.as_of.is_none() {
        said.push("Chưa có số liệu hồ sơ; các chỉ tiêu về hồ sơ được ghi “–”.".into());
    }
    said.extend(freeze.dossiers.caveats.iter().map(|caveat| sentence(caveat)));
    said.extend(freeze.dossiers.identities.iter().map(operation::identity));
    let unseen = freeze.exchange.apis.iter().filter(|api| api.calls.is_none()).count();
    if unseen > 0 {
        said.push(format!("{unseen}/{} API không quan sát được.", freeze.exchange.apis.len()));
    }
    said
}

/// What must be said of one source; nothing of one that is fresh.
fn source(source: &SourceLine) -> Option<String> {
    let name = &source.title;
    let since = source.failing_since.map(|at| format!(" từ {}", moment(at))).unwrap_or_default();
    Some(match (source.seen, source.as_of.map(moment)) {
        (Seen::Fresh, _) => return None,
        (Seen::Stale, Some(last)) => {
            format!("Nguồn “{name}”: số liệu gần nhất lúc {last}, đã quá thời hạn cập nhật.")
        }
        (Seen::Failing, Some(last)) => {
            format!("Nguồn “{name}” không trả lời{since}; báo cáo dùng số liệu gần nhất lúc {last}.")
        }
        (Seen::Failing, None) => format!("Nguồn “{name}” không trả lời{since} và chưa có số liệu lần nào."),
        (Seen::Never | Seen::Stale, _) => format!("Nguồn “{name}” chưa có số liệu lần nào."),
    })
}
