//! Part III: incidents, and obstacles that are open or were answered or settled in the period.

use super::super::paper::{Block, Column, Grid, Line};
use super::of;
use crate::table::Datum;
use pvhcc_domain::report::freeze::{Freeze, IncidentLine, ObstacleLine};

pub(super) fn part(today: &Freeze) -> Vec<Block> {
    let mut blocks = vec![Block::clause("1. Sự cố")];
    blocks.extend(match &today.incidents {
        None => {
            vec![Block::text("Chưa theo dõi sự cố trên phần mềm; báo cáo này không có số liệu về sự cố.")]
        }
        Some(none) if none.is_empty() => {
            vec![Block::text(format!("Trong {} không ghi nhận sự cố.", of(today)))]
        }
        Some(incidents) => {
            let open = incidents.iter().filter(|line| line.ended.is_none()).count();
            let said =
                format!("Ghi nhận {} sự cố, trong đó {open} sự cố chưa khắc phục xong:", incidents.len());
            vec![Block::text(said), Block::Grid(incidents_grid(incidents))]
        }
    });
    blocks.push(Block::clause("2. Khó khăn, vướng mắc"));
    if today.obstacles.is_empty() {
        blocks.push(Block::text("Không có khó khăn, vướng mắc đang theo dõi."));
        return blocks;
    }
    let open = today.obstacles.iter().filter(|line| line.open).count();
    let overdue = today.obstacles.iter().filter(|line| line.open && line.overdue).count();
    let settled = match today.obstacles.len() - open {
        0 => String::new(),
        n => format!("; {n} nội dung đã được xử lý trong {}", of(today)),
    };
    blocks.push(Block::text(format!(
        "Có {open} khó khăn, vướng mắc chưa được xử lý xong, trong đó {overdue} nội dung quá hạn trả lời{settled}:"
    )));
    blocks.push(Block::Grid(obstacles_grid(&today.obstacles)));
    blocks
}

fn incidents_grid(incidents: &[IncidentLine]) -> Grid {
    let row = |line: &IncidentLine| {
        Line::plain(vec![
            Datum::Text(line.severity.clone()),
            Datum::Text(line.title.clone()),
            Datum::Instant(Some(line.began)),
            match line.ended {
                Some(ended) => Datum::Instant(Some(ended)),
                None => Datum::Text("chưa kết thúc".into()),
            },
            Datum::Text(line.owner.clone()),
            Datum::Text(line.state.clone()),
        ])
    };
    Grid {
        columns: vec![
            Column::middle("Mức", 7.0),
            Column::new("Sự cố", 26.0),
            Column::middle("Bắt đầu", 13.0),
            Column::middle("Kết thúc", 13.0),
            Column::new("Đầu mối", 17.0),
            Column::new("Nguyên nhân, xử lý", 27.0),
        ],
        rows: incidents.iter().map(row).collect(),
    }
}

fn obstacles_grid(obstacles: &[ObstacleLine]) -> Grid {
    let row = |(at, line): (usize, &ObstacleLine)| {
        let tasks = line.tasks.join(", ");
        let state = if line.answer.is_empty() {
            line.state.clone()
        } else {
            format!("{}: {}", line.state, line.answer)
        };
        Line::plain(vec![
            Datum::Text((at + 1).to_string()),
            Datum::Text(line.text.clone()),
            Datum::Text(line.group.clone()),
            Datum::Text(tasks),
            Datum::Text(line.party.clone()),
            Datum::Day(Some(line.raised.day())),
            Datum::Text(state),
        ])
    };
    Grid {
        columns: vec![
            Column::middle("TT", 5.0),
            Column::new("Nội dung", 28.0),
            Column::new("Nhóm", 14.0),
            Column::middle("Nhiệm vụ", 9.0),
            Column::new("Đơn vị trả lời", 15.0),
            Column::new("Từ ngày", 13.0),
            Column::new("Tình trạng", 20.0),
        ],
        rows: obstacles.iter().enumerate().map(row).collect(),
    }
}
