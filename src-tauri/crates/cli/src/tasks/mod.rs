//! `pvhcc tasks`: the tasks of the checklists without a window.

mod compare;
mod evidence;
mod history;
mod list;
mod set;
mod settle;
mod transfer;

use crate::{Outcome, Place, actor::Acting};
use chrono::{NaiveDateTime, Timelike as _};
use pvhcc_domain::time::Ms;

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// In một danh mục
    List(list::ListArgs),
    /// In một nhiệm vụ
    Show(list::ShowArgs),
    /// Ghi trạng thái, ghi chú, hạn, dự kiến, nội dung hoặc chỉ tiêu của một nhiệm vụ
    Set(set::Args),
    /// Xem hoặc nhập tiến độ từ tệp XLSX, CSV
    Import(transfer::ImportFile),
    /// Xem hoặc nhập phụ lục của quyết định khác thành một danh mục
    ImportList(transfer::ListFile),
    /// Xuất danh mục ra tệp XLSX, CSV
    Export(transfer::ExportArgs),
    /// Minh chứng của một nhiệm vụ: xem, thêm, rút, kiểm tra tệp
    Evidence(evidence::Args),
    /// Lịch sử của một nhiệm vụ
    History(history::Args),
    /// So sánh danh mục giữa hai thời điểm
    Compare(compare::Args),
    /// Chọn một trong hai cập nhật mâu thuẫn
    Settle(settle::Args),
    /// Hoàn tác thao tác gần nhất của mình
    Undo(settle::UndoOf),
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    match args.command {
        Command::List(command) => list::list(place, &args.who, command).await,
        Command::Show(command) => list::show(place, &args.who, command).await,
        Command::Set(command) => set::run(place, &args.who, command).await,
        Command::Import(command) => transfer::import(place, &args.who, command).await,
        Command::ImportList(command) => transfer::import_list(place, &args.who, command).await,
        Command::Export(command) => transfer::export(place, &args.who, command).await,
        Command::Evidence(command) => evidence::run(place, &args.who, command).await,
        Command::History(command) => history::run(place, &args.who, command).await,
        Command::Compare(command) => compare::run(place, &args.who, command).await,
        Command::Settle(command) => settle::run(place, &args.who, command).await,
        Command::Undo(command) => settle::undo(place, &args.who, command).await,
    }
}

/// A moment as typed: RFC 3339, or `28/05/2026 15:00` or `2026-05-28 15:00` in the province.
pub(crate) fn moment(text: &str) -> Result<Ms, String> {
    let text = text.trim();
    if let Ok(at) = Ms::parse_rfc3339(text) {
        return Ok(at);
    }
    ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|at| Ms::at(at.date(), at.hour(), at.minute()))
        .ok_or_else(|| format!("“{text}” không phải một thời điểm; hãy ghi như 28/05/2026 15:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_the_ways_it_is_written_and_is_the_provinces() {
        let three = Ms::parse_rfc3339("2026-05-28T15:00:00+07:00").expect("valid");
        for text in ["28/05/2026 15:00", "2026-05-28 15:00", "2026-05-28T15:00", "2026-05-28T08:00:00Z"] {
            assert_eq!(moment(text), Ok(three), "{text}");
        }
        assert!(moment("hôm qua").is_err() && moment("31/02/2026 15:00").is_err());
    }
}
