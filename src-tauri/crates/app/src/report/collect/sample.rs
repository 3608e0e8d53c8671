//! A small freeze for tests of what is made from one.

use super::*;
use pvhcc_domain::{
    figures::Counts,
    report::freeze::{
        ApiLine, CountsLine, CoursePoint, DossierFigures, ExchangeFigures, FlowLine, IdentityLine, MonthLine,
        ObstacleLine, RateLine, SectionLine, Seen, SourceLine, TaskFigures, TaskLine,
    },
};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn task(no: &str, claimed: bool, days_late: u32) -> TaskLine {
    TaskLine {
        no: no.into(),
        text: format!("Việc số {no}"),
        heading: false,
        section: "I".into(),
        leads: vec!["VNPT Gia Lai".into()],
        due: Some(date("2026-03-13")),
        status: if claimed { "Báo xong" } else { "Đang làm" }.into(),
        claimed,
        done_on: claimed.then(|| date("2026-05-29")),
        proof: if claimed { "Có minh chứng".into() } else { String::new() },
        proved: claimed,
        unseen: false,
        days_late,
        note: if days_late > 0 { "chờ khóa".into() } else { String::new() },
    }
}

/// Of 29/05/2026 at 14:00.
pub(in crate::report) fn freeze() -> Freeze {
    let at = Ms::at(date("2026-05-29"), 14, 0);
    let day = date("2026-05-29");
    let point = |day: &str, planned, known: Option<(u32, Option<u32>)>| CoursePoint {
        day: date(day),
        planned,
        claimed: known.map(|(claimed, _)| claimed),
        proved: known.and_then(|(_, proved)| proved),
    };
    let whole = Counts {
        received: Some(1000),
        received_online: Some(950),
        received_direct: Some(50),
        carried_over: None,
        done: Some(900),
        on_time: Some(890),
        late: Some(10),
        pending: Some(93),
        within_deadline: Some(90),
        overdue: Some(3),
    };
    Freeze {
        schema: SCHEMA,
        cadence: Cadence::Daily,
        from: day,
        to: day,
        at,
        training: true,
        program: "0.1.0".into(),
        tasks: TaskFigures {
            total: 4,
            claimed: 2,
            proved: 2,
            failed: 0,
            unobserved: 0,
            not_applicable: 0,
            in_progress: 1,
            blocked: 1,
            overdue: 1,
            sections: vec![SectionLine {
                id: "I".into(),
                title: "Chuẩn bị".into(),
                total: 4,
                claimed: 2,
                proved: 2,
            }],
            course: vec![
                point("2026-05-27", 1, Some((1, Some(1)))),
                point("2026-05-28", 3, Some((1, None))),
                point("2026-05-29", 3, Some((2, Some(2)))),
                point("2026-05-30", 4, None),
            ],
            rows: vec![task("1", true, 0), task("2", true, 0), task("3", false, 77), task("4", false, 0)],
            done_in_period: vec!["1".into(), "2".into()],
            planned_next: vec!["4".into()],
        },
        dossiers: DossierFigures {
            from: date("2026-01-01"),
            to: date("2026-05-15"),
            basis: "Cổng DVCQG công bố".into(),
            as_of: Some(at),
            whole,
            in_period: None,
            systems: vec![CountsLine {
                code: "tinh".into(),
                name: "hệ thống tỉnh".into(),
                group: String::new(),
                counts: whole,
            }],
            units: Vec::new(),
            identities: vec![IdentityLine {
                rule: "Tiếp nhận = đã xử lý + đang xử lý".into(),
                place: "Hệ thống tỉnh".into(),
                difference: Some(7),
                ask: "VNPT Gia Lai".into(),
            }],
            identities_held: 3,
            months: vec![
                MonthLine { month: date("2026-04-01"), received: Some(700), done: Some(650) },
                MonthLine { month: date("2026-05-01"), received: Some(300), done: None },
            ],
            caveats: Vec::new(),
        },
        exchange: ExchangeFigures {
            flows: vec![FlowLine {
                name: "SSO qua VNeID".into(),
                stage: "kiểm thử, giai đoạn 1".into(),
                state: "hoạt động".into(),
                good: true,
                unseen: false,
                success: Some(0.995),
                as_of: Some(at),
            }],
            apis: vec![
                ApiLine {
                    no: "11".into(),
                    api: "dvcqg.01".into(),
                    name: "API Login".into(),
                    calls: Some(100),
                    succeeded: Some(99),
                    p95_ms: Some(200),
                    verdict: "đạt".into(),
                    met: true,
                },
                ApiLine {
                    no: "12".into(),
                    api: "dvcqg.02".into(),
                    name: "API Khởi tạo hồ sơ".into(),
                    calls: None,
                    succeeded: None,
                    p95_ms: None,
                    verdict: "không quan sát được".into(),
                    met: false,
                },
            ],
            queue: None,
            fees: None,
        },
        rates: vec![
            RateLine {
                id: "sync".into(),
                name: "Đồng bộ thành công".into(),
                value: Some(0.991),
                unit: "%".into(),
                source: "Trục".into(),
            },
            RateLine {
                id: "support".into(),
                name: "Thời gian hỗ trợ".into(),
                value: None,
                unit: String::new(),
                source: "chưa có nguồn".into(),
            },
        ],
        incidents: None,
        obstacles: vec![ObstacleLine {
            id: "o1".into(),
            group: "Tích hợp, đồng bộ".into(),
            text: "Chưa có khóa".into(),
            tasks: vec!["3".into()],
            party: "C12".into(),
            raised: at,
            answer_due: None,
            state: "chờ trả lời đã 2 giờ làm việc".into(),
            answer: String::new(),
            overdue: false,
            open: true,
        }],
        sources: vec![SourceLine {
            id: "portal_statistics".into(),
            title: "Cổng DVCQG: số liệu hồ sơ".into(),
            seen: Seen::Fresh,
            as_of: Some(at),
            fetched_at: Some(at),
            failing_since: None,
        }],
    }
}
