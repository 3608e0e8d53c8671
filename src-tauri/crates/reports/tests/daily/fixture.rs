//! Freezes of reports: a full day, a day of which nothing is known, a day of long and awkward texts.

use chrono::{Days, NaiveDate};
use pvhcc_domain::{
    checklist::{Checklist, Kind},
    figures::Counts,
    report::{
        freeze::{
            ApiLine, Cadence, CountsLine, CoursePoint, DossierFigures, ExchangeFigures, FeesLine, FlowLine,
            Freeze, IdentityLine, IncidentLine, MonthLine, ObstacleLine, QueueLine, RateLine, SCHEMA,
            SectionLine, Seen, SourceLine, TaskFigures, TaskLine,
        },
        words::{Form, Words},
    },
    time::Ms,
    units::Units,
};
use pvhcc_reports::daily::Stamp;

/// A day of 2026.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

/// The day of the letter 7007, at 14:00.
pub(crate) fn full() -> Freeze {
    let at = Ms::at(day(5, 29), 14, 0);
    Freeze {
        schema: SCHEMA,
        cadence: Cadence::Daily,
        from: day(5, 29),
        to: day(5, 29),
        at,
        training: false,
        program: "0.1.0".into(),
        tasks: tasks(),
        dossiers: dossiers(),
        exchange: exchange(at),
        rates: rates(),
        incidents: Some(vec![
            IncidentLine {
                id: "1".into(),
                severity: "S2".into(),
                title: "Luồng đồng bộ hồ sơ chậm, hàng đợi trên 2.000 hồ sơ".into(),
                began: Ms::at(day(5, 29), 8, 12),
                ended: Some(Ms::at(day(5, 29), 10, 40)),
                owner: "VNPT – Gia Lai".into(),
                state: "Cạn kết nối cơ sở dữ liệu; đã tăng số kết nối và chạy lại hàng đợi".into(),
            },
            IncidentLine {
                id: "2".into(),
                severity: "S3".into(),
                title: "Một số tài khoản tổ chức không đăng nhập được qua VNeID".into(),
                began: Ms::at(day(5, 29), 13, 5),
                ended: None,
                owner: "Phòng PC06, Công an tỉnh".into(),
                state: "Đang rà soát danh sách tài khoản".into(),
            },
        ]),
        obstacles: vec![
            ObstacleLine {
                id: "a".into(),
                group: "Tích hợp, đồng bộ".into(),
                text: "Chưa được cấp khóa VNeID cho môi trường chính thức".into(),
                tasks: vec!["10".into(), "9".into()],
                party: "Cục C06, Bộ Công an".into(),
                raised: Ms::at(day(5, 20), 9, 0),
                answer_due: Some(Ms::at(day(5, 27), 23, 59)),
                state: "chờ trả lời, quá hạn trả lời 2 ngày".into(),
                answer: String::new(),
                overdue: true,
                open: true,
            },
            ObstacleLine {
                id: "b".into(),
                group: "Trình ký số, thanh toán, số hóa, trả kết quả điện tử".into(),
                text: "Mã phí, lệ phí của 12 thủ tục chưa khớp với nền tảng thanh toán".into(),
                tasks: vec!["14".into(), "15".into(), "16".into()],
                party: "Trung tâm Dữ liệu quốc gia (C12)".into(),
                raised: Ms::at(day(5, 26), 15, 30),
                answer_due: None,
                state: "đã trả lời sau 1,5 ngày làm việc".into(),
                answer: "đã cập nhật danh mục, đề nghị địa phương kiểm tra lại".into(),
                overdue: false,
                open: true,
            },
        ],
        sources: sources(at),
    }
}

/// The day before, with fewer tasks done and other dossiers.
pub(crate) fn before() -> Freeze {
    let mut freeze = full();
    let back = Days::new(1);
    (freeze.from, freeze.to) = (freeze.from - back, freeze.to - back);
    freeze.at = Ms::at(freeze.to, 14, 0);
    freeze.dossiers.to = freeze.dossiers.to - back;
    freeze.dossiers.as_of = freeze.dossiers.as_of.map(|at| at.plus(-86_400_000));
    freeze.dossiers.whole.received = Some(376_100);
    freeze.dossiers.whole.pending = Some(31_500);
    for no in ["71", "76"] {
        let row = freeze.tasks.rows.iter_mut().find(|row| row.no == no).expect("a task");
        (row.claimed, row.proved) = (false, false);
    }
    freeze.tasks.claimed -= 2;
    freeze.tasks.proved -= 2;
    freeze.obstacles.truncate(1);
    freeze
}

/// A day on which no source ever answered and nobody reported anything.
pub(crate) fn unknown() -> Freeze {
    let mut freeze = full();
    let tasks = &mut freeze.tasks;
    (tasks.claimed, tasks.proved, tasks.failed, tasks.unobserved) = (0, 0, 0, 0);
    (tasks.in_progress, tasks.blocked, tasks.overdue) = (0, 0, 0);
    tasks.course.clear();
    tasks.done_in_period.clear();
    tasks.planned_next.clear();
    for section in &mut tasks.sections {
        (section.claimed, section.proved) = (0, 0);
    }
    for row in tasks.rows.iter_mut().filter(|row| !row.heading) {
        (row.claimed, row.proved, row.done_on, row.days_late) = (false, false, None, 0);
        row.status = "Chưa làm".into();
        row.proof.clear();
        row.note.clear();
    }
    let dossiers = &mut freeze.dossiers;
    (dossiers.as_of, dossiers.in_period, dossiers.whole) = (None, None, Counts::default());
    dossiers.basis = "chưa có số liệu".into();
    (dossiers.systems, dossiers.units, dossiers.months) = (Vec::new(), Vec::new(), Vec::new());
    (dossiers.identities, dossiers.identities_held) = (Vec::new(), 0);
    freeze.exchange = ExchangeFigures { flows: Vec::new(), apis: Vec::new(), queue: None, fees: None };
    for rate in &mut freeze.rates {
        rate.value = None;
    }
    freeze.incidents = None;
    freeze.obstacles.clear();
    for source in &mut freeze.sources {
        (source.seen, source.as_of, source.fetched_at, source.failing_since) =
            (Seen::Never, None, None, None);
    }
    freeze
}

/// The full day of the training profile, with texts as people paste them: long, with signs of mark-up, and with letters that
/// files do not take.
pub(crate) fn awkward() -> Freeze {
    let mut freeze = full();
    freeze.training = true;
    let long = "Đề nghị rà soát, đối chiếu và cập nhật đầy đủ thông tin tài khoản thụ hưởng; ".repeat(12);
    freeze.obstacles[0].text = long.clone();
    freeze.obstacles[1].text =
        "#set page(fill: red) *đậm* _nghiêng_ $x$ <b>&amp;</b> \\n @nhãn \u{b}\u{0} ]]>".into();
    for row in freeze.tasks.rows.iter_mut().filter(|row| row.days_late > 0) {
        row.note = long.clone();
    }
    freeze.sources[1].seen = Seen::Failing;
    freeze.sources[1].failing_since = Some(Ms::at(day(5, 29), 11, 20));
    freeze
}

/// What people wrote.
pub(crate) fn words() -> Words {
    Words {
        results: "Các đơn vị đã phối hợp chặt chẽ, bảo đảm tiến độ chuyển đổi lúc 22 giờ 00.".into(),
        proposals:
            "Đề nghị Trung tâm Dữ liệu quốc gia:\n- Cấp khóa VNeID cho môi trường chính thức trước ngày \
                    30/05/2026;\n- Công bố đầu mối hỗ trợ 24/7 trong giai đoạn đầu vận hành."
                .into(),
        ..Words::default()
    }
}

/// The form that came with the program.
pub(crate) fn form() -> Form {
    Form::builtin().expect("assets/report/form.toml")
}

/// A signed report.
pub(crate) fn stamp() -> Stamp {
    Stamp {
        number: Some("7".into()),
        date: Some(day(5, 29)),
        signer: Some("Nguyễn Văn Ưỡng".into()),
        head: "9f2c4e6a8b0d1f3a5c7e9b1d3f5a7c9e0b2d4f6a8c0e1b3d5f7a9c1e3b5d7f90".into(),
        freeze: "0197192a-5c3e-7b1d-9f4a-2e6c8d0b1a3f".into(),
        freeze_sha256: "1a3c5e7092b4d6f8a0c2e4f6081a2c4e6f8091b3d5f7a9cbedcf012345678990".into(),
        program: "Bảng theo dõi PVHCC 0.1.0".into(),
    }
}

fn tasks() -> TaskFigures {
    let (list, units) = (Checklist::builtin().expect("checklist"), Units::builtin().expect("units"));
    let mut at = 0;
    let rows: Vec<TaskLine> = list
        .rows()
        .iter()
        .map(|row| {
            let heading = row.kind != Kind::Task;
            at += u32::from(!heading);
            // Every ninth is not done, every seventh of the others has no proof.
            let claimed = !heading && !at.is_multiple_of(9);
            let proved = claimed && !at.is_multiple_of(7);
            let late = !heading && !claimed && at > 20;
            TaskLine {
                no: row.no.clone(),
                text: row.title.clone(),
                heading,
                section: row.section.clone(),
                leads: row.lead_units.iter().map(|id| units.short_name(id).to_owned()).collect(),
                due: row.due,
                status: match (heading, claimed) {
                    (true, _) => "",
                    (_, true) => "Đã xong",
                    (_, false) => "Đang làm",
                }
                .into(),
                claimed,
                done_on: claimed.then(|| day(5, if at > 85 { 29 } else { 12 })),
                proof: match (claimed, proved) {
                    (false, _) => "",
                    (_, true) => "Có minh chứng",
                    (_, false) => "Chưa quan sát từ 14:30 ngày 28/05/2026",
                }
                .into(),
                proved,
                unseen: claimed && !proved,
                days_late: if late { 39 + at % 5 } else { 0 },
                note: if late {
                    "Chờ Trung tâm Dữ liệu quốc gia cung cấp thông tin".into()
                } else {
                    String::new()
                },
            }
        })
        .collect();
    let count = |wanted: &dyn Fn(&&TaskLine) -> bool| {
        u32::try_from(rows.iter().filter(|row| !row.heading).filter(wanted).count()).expect("few")
    };
    let keys = |wanted: &dyn Fn(&&TaskLine) -> bool| -> Vec<String> {
        rows.iter().filter(wanted).map(|row| row.no.clone()).collect()
    };
    let sections = list.sections().iter().map(|section| SectionLine {
        id: section.id.clone(),
        title: section.title.clone(),
        total: count(&|row| row.section == section.id),
        claimed: count(&|row| row.section == section.id && row.claimed),
        proved: count(&|row| row.section == section.id && row.proved),
    });
    let (claimed, proved) = (count(&|row| row.claimed), count(&|row| row.proved));
    TaskFigures {
        total: count(&|_| true),
        claimed,
        proved,
        failed: 0,
        unobserved: claimed - proved,
        not_applicable: 0,
        in_progress: count(&|row| !row.claimed),
        blocked: 0,
        overdue: count(&|row| row.days_late > 0),
        sections: sections.collect(),
        course: (0..85)
            .map(|n| CoursePoint {
                day: day(3, 6) + Days::new(n),
                planned: u32::try_from(n).expect("few") + 5,
                claimed: Some(u32::try_from(n).expect("few").min(claimed)),
                proved: Some(u32::try_from(n).expect("few").saturating_sub(8).min(proved)),
            })
            .collect(),
        done_in_period: keys(&|row| row.done_on == Some(day(5, 29))),
        planned_next: keys(&|row| !row.heading && !row.claimed),
        rows,
    }
}

/// The province's and the ministries' systems as the architecture report states them: 129 dossiers are in no part.
fn dossiers() -> DossierFigures {
    let province = Counts {
        received: Some(338_923),
        received_online: Some(324_067),
        received_direct: Some(14_856),
        carried_over: Some(0),
        done: Some(320_289),
        on_time: Some(318_440),
        late: Some(1_849),
        pending: Some(18_634),
        within_deadline: Some(18_211),
        overdue: Some(423),
    };
    let ministries = Counts {
        received: Some(38_885),
        received_online: Some(38_756),
        received_direct: Some(129),
        carried_over: None,
        done: Some(26_152),
        on_time: None,
        late: None,
        pending: Some(12_604),
        within_deadline: None,
        overdue: None,
    };
    let line = |code: &str, name: &str, group: &str, counts| CountsLine {
        code: code.into(),
        name: name.into(),
        group: group.into(),
        counts,
    };
    let units = Units::builtin().expect("units");
    let share = |n: u64| Counts {
        received: Some(900 + n * 37),
        received_online: Some(860 + n * 36),
        received_direct: Some(40 + n),
        carried_over: Some(n % 5),
        done: Some(850 + n * 35),
        on_time: Some(845 + n * 35),
        late: Some(5),
        pending: Some(50 + n * 2 + n % 5),
        within_deadline: Some(48 + n * 2 + n % 5),
        overdue: Some(2),
    };
    let agencies = units.organisations().iter().filter(|unit| unit.scored);
    let mut lines: Vec<CountsLine> =
        (1..).zip(agencies).map(|(n, u)| line(&u.id, &u.name, "agency", share(n))).collect();
    lines.extend((1..).zip(units.communes()).map(|(n, u)| line(&u.code, &u.name, "commune", share(n))));
    DossierFigures {
        from: day(1, 1),
        to: day(5, 15),
        basis: "Cổng DVCQG công bố".into(),
        as_of: Some(Ms::at(day(5, 29), 13, 30)),
        whole: Counts::sum([province, ministries]).expect("two"),
        in_period: None,
        systems: vec![
            line("tinh", "hệ thống tỉnh", "", province),
            line("bo", "hệ thống tập trung cấp bộ", "", ministries),
        ],
        units: lines,
        identities: vec![
            IdentityLine {
                rule: "Tiếp nhận = đã giải quyết + đang giải quyết".into(),
                place: "hệ thống tập trung cấp bộ".into(),
                difference: Some(129),
                ask: "đầu mối Cổng DVCQG (C12), đơn vị công bố số liệu của hệ thống cấp bộ".into(),
            },
            IdentityLine {
                rule: "Đã giải quyết = đúng hẹn + trễ hẹn".into(),
                place: "hệ thống tập trung cấp bộ".into(),
                difference: None,
                ask: String::new(),
            },
        ],
        identities_held: 9,
        months: (1..=5)
            .map(|month| MonthLine {
                month: day(month, 1),
                received: Some(70_000 + u64::from(month) * 2_100),
                done: Some(66_000 + u64::from(month) * 1_900),
            })
            .collect(),
        caveats: vec!["Chưa rõ đúng hẹn, trễ hẹn của hệ thống tập trung cấp bộ".into()],
    }
}

fn exchange(at: Ms) -> ExchangeFigures {
    let names = [
        "SSO",
        "đồng bộ hồ sơ từ địa phương lên Cổng",
        "tiếp nhận trạng thái, kết quả từ Cổng",
        "phản ánh kiến nghị",
        "dữ liệu TTHC, DVC",
    ];
    let stages =
        [("khai báo, giai đoạn 1", true), ("kiểm thử, giai đoạn 1", true), ("kiểm thử, giai đoạn 2", false)];
    let flows = stages.iter().flat_map(|(stage, good)| {
        names.iter().map(move |name| FlowLine {
            name: (*name).into(),
            stage: (*stage).into(),
            state: if *good { "đạt" } else { "không quan sát được" }.into(),
            good: *good,
            unseen: !good,
            success: good.then_some(0.9932),
            as_of: good.then_some(at.plus(-600_000)),
        })
    });
    let list = Checklist::builtin().expect("checklist");
    let apis = list.apis().enumerate().map(|(n, (api, row))| {
        let calls = (n % 6 != 5).then_some(1_200 + n as u64 * 41);
        ApiLine {
            no: row.no.clone(),
            api: api.to_owned(),
            name: list.api_name(api).unwrap_or(api).to_owned(),
            calls,
            succeeded: calls.map(|calls| calls - n as u64 % 4),
            p95_ms: calls.map(|_| 240 + u32::try_from(n).expect("few") * 7),
            verdict: match calls {
                None => "không quan sát được",
                Some(_) if n % 11 == 10 => "không đạt: phân vị 95 trên 500 ms",
                Some(_) => "đạt",
            }
            .into(),
            met: calls.is_some() && n % 11 != 10,
        }
    });
    ExchangeFigures {
        flows: flows.collect(),
        apis: apis.collect(),
        queue: Some(QueueLine { waiting: 1_204, failed: 3, as_of: at.plus(-60_000) }),
        fees: Some(FeesLine { units: 41, dossiers: 214, amount: 18_350_000, as_of: at.plus(-120_000) }),
    }
}

fn rates() -> Vec<RateLine> {
    let line = |id: &str, name: &str, value, unit: &str, source: &str| RateLine {
        id: id.into(),
        name: name.into(),
        value,
        unit: unit.into(),
        source: source.into(),
    };
    vec![
        line("sync", "Hồ sơ đồng bộ thành công", Some(0.9871), "%", "trục tích hợp, 24 giờ qua"),
        line("errors", "Lỗi kỹ thuật", Some(0.0042), "%", "đo lưu lượng 53 API, 24 giờ qua"),
        line("paid_online", "Thanh toán trực tuyến", None, "%", "chưa có nguồn số liệu"),
        line("support", "Thời gian trả lời hỗ trợ", Some(212.5), "phút", "sổ theo dõi vướng mắc"),
    ]
}

fn sources(at: Ms) -> Vec<SourceLine> {
    let line = |id: &str, title: &str, age: i64| SourceLine {
        id: id.into(),
        title: title.into(),
        seen: Seen::Fresh,
        as_of: Some(at.plus(-age * 60_000)),
        fetched_at: Some(at.plus(-age * 60_000 + 20_000)),
        failing_since: None,
    };
    vec![
        line("gateway_flows", "Trục tích hợp: luồng", 10),
        line("gateway_apis", "Trục tích hợp: đo API", 4),
        SourceLine {
            seen: Seen::Stale, ..line("portal_statistics", "Cổng DVCQG: số liệu thống kê", 1_530)
        },
    ]
}
