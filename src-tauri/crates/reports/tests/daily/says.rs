//! What the report says, in the words of the file that is signed.

use super::{
    fixture::{before, day, form, full, stamp, unknown, words},
    paper, picture,
    tools::pages,
};
use pvhcc_domain::{
    report::freeze::{Cadence, Freeze, IncidentLine, Seen},
    time::Ms,
};
use pvhcc_reports::daily::{Stamp, caveats, changes, compose};

fn text(freeze: &Freeze) -> String {
    pages(&paper(freeze).pdf().expect("PDF")).join(" ")
}

fn assert_says(text: &str, all: &[&str]) {
    for said in all {
        assert!(text.contains(said), "{said}\n\n{text}");
    }
}

#[test]
fn a_full_day_has_its_four_parts_and_the_figures_of_its_freeze() {
    let freeze = full();
    let said = text(&freeze);
    let parts = [
        "I. KẾT QUẢ TRIỂN KHAI",
        "II. TÌNH HÌNH VẬN HÀNH VÀ HỒ SƠ",
        "III. SỰ CỐ, KHÓ KHĂN, VƯỚNG MẮC",
        "IV. ĐỀ XUẤT, KIẾN NGHỊ",
    ];
    let places: Vec<usize> = parts.iter().map(|part| said.find(part).expect(part)).collect();
    assert!(places.is_sorted());
    let tasks = &freeze.tasks;
    assert_says(
        &said,
        &[
            &format!("ban hành kèm theo Quyết định có {} nhiệm vụ.", tasks.total),
            &format!(
                "{} ({}) nhiệm vụ được báo hoàn thành",
                tasks.claimed,
                pvhcc_domain::text::share(tasks.claimed.into(), tasks.total.into())
            ),
            &format!("{} nhiệm vụ hiện không quan sát được.", tasks.unobserved),
            &format!("Có {} nhiệm vụ quá hạn, chưa hoàn thành:", tasks.overdue),
            "tiếp nhận 377.808 hồ sơ, trong đó trực tuyến 362.823 (96,03%)",
            "đang giải quyết 31.238 hồ sơ",
            "338.923",
            "9/11 phép kiểm tra khớp, 1 phép kiểm tra không khớp, 1 phép kiểm tra chưa đủ số liệu:",
            "chênh lệch 129 hồ sơ. Đề nghị đầu mối Cổng DVCQG (C12)",
            "Ghi nhận 2 sự cố, trong đó 1 sự cố chưa khắc phục xong:",
            "Có 2 khó khăn, vướng mắc chưa được xử lý xong, trong đó 1 nội dung quá hạn trả lời",
            "- Cấp khóa VNeID cho môi trường chính thức",
            "98,71%",
            "212,5 phút",
            "Trên đây là báo cáo kết quả triển khai ngày 29 tháng 5 năm 2026./.",
        ],
    );
}

#[test]
fn what_is_stale_is_said_at_the_beginning_and_among_the_sources() {
    let freeze = full();
    let said = caveats(&freeze);
    assert!(said[0].starts_with(
        "Nguồn “Cổng DVCQG: số liệu thống kê”: số liệu gần nhất lúc 12 giờ 30 phút ngày 28/05/2026"
    ));
    let all = text(&freeze);
    for caveat in &said {
        assert_says(&all, &[caveat]);
    }
    assert_says(&all, &["quá thời hạn cập nhật"]);
}

#[test]
fn a_failing_source_is_said_with_since_when_and_how_old_its_last_word_is() {
    let mut freeze = full();
    for source in &mut freeze.sources {
        source.seen = Seen::Failing;
        source.failing_since = Some(Ms::at(day(5, 29), 11, 20));
    }
    let said = caveats(&freeze);
    assert!(said[0].contains("không có nguồn nào được cập nhật"), "{}", said[0]);
    assert_eq!(
        said[1],
        "Nguồn “Trục tích hợp: luồng” không trả lời từ 11 giờ 20 phút ngày 29/05/2026; báo cáo dùng số liệu gần nhất lúc 13 \
         giờ 50 phút ngày 29/05/2026."
    );
}

#[test]
fn a_day_of_which_nothing_is_known_says_so_and_never_says_nought() {
    let said = text(&unknown());
    assert_says(
        &said,
        &[
            "chưa nguồn nào có số liệu",
            "chưa có số liệu lần nào",
            "chưa có số liệu hồ sơ từ bất kỳ nguồn nào",
            "Chưa có số liệu về các luồng tích hợp",
            "Chưa có số liệu đo API",
            "báo cáo này không có số liệu về sự cố",
        ],
    );
    for wrong in ["tiếp nhận 0 hồ sơ", "không ghi nhận sự cố", " 0 API"] {
        assert!(!said.contains(wrong), "{wrong}");
    }
}

#[test]
fn a_kept_register_without_incidents_is_not_one_that_is_missing() {
    let freeze = Freeze { incidents: Some(Vec::new()), ..full() };
    assert_says(&text(&freeze), &["Trong ngày không ghi nhận sự cố."]);
}

#[test]
fn the_training_profile_is_said_on_every_page() {
    let freeze = Freeze { training: true, ..full() };
    for page in pages(&paper(&freeze).pdf().expect("PDF")) {
        assert_says(&page, &["SỐ LIỆU KHÔNG CÓ THẬT"]);
    }
    assert!(!text(&full()).contains("TẬP HUẤN"));
}

#[test]
fn a_draft_leaves_room_for_number_day_and_signature() {
    let draft = Stamp { number: None, date: None, signer: None, ..stamp() };
    let draft = compose(&full(), None, &words(), &form(), &draft, &picture);
    let said = pages(&draft.pdf().expect("PDF")).join(" ");
    assert_says(
        &said,
        &["/BC-TTPVHCC", "Gia Lai, ngày tháng năm 2026", "Không có báo cáo trước để so sánh."],
    );
    assert_says(
        &text(&full()),
        &["Số: 07/BC-TTPVHCC", "Gia Lai, ngày 29 tháng 5 năm 2026", "Nguyễn Văn Ưỡng"],
    );
}

#[test]
fn the_signature_is_never_alone_on_its_page() {
    for freeze in [full(), unknown()] {
        let pages = pages(&paper(&freeze).pdf().expect("PDF"));
        let signed = pages.iter().find(|page| page.contains("Nơi nhận:")).expect("a signature");
        assert_says(signed, &["Trên đây là báo cáo kết quả triển khai"]);
    }
}

#[test]
fn charts_are_counted_as_they_stand_and_left_out_where_nothing_is_known() {
    assert_says(&text(&full()), &["Biểu đồ 1. Nhiệm vụ đến hạn", "Biểu đồ 2. Hồ sơ tiếp nhận"]);
    let mut freeze = full();
    freeze.tasks.course.clear();
    assert_says(&text(&freeze), &["Biểu đồ 1. Hồ sơ tiếp nhận"]);
    assert!(!text(&unknown()).contains("Biểu đồ"));
}

#[test]
fn what_people_wrote_of_the_changes_stands_in_place_of_what_was_generated() {
    let mut words = words();
    words.changes = "Câu do người viết.".into();
    let written = compose(&full(), Some(&before()), &words, &form(), &stamp(), &picture);
    let said = pages(&written.pdf().expect("PDF")).join(" ");
    assert_says(&said, &["- Câu do người viết."]);
    assert!(!said.contains("So với báo cáo ngày 28/05/2026"));
}

#[test]
fn a_month_is_called_a_month() {
    let freeze = Freeze { cadence: Cadence::Monthly, from: day(5, 1), to: day(5, 31), ..full() };
    assert_says(
        &text(&freeze),
        &[
            "báo hoàn thành trong tháng",
            "Nhiệm vụ trọng tâm tháng tiếp theo",
            "kết quả triển khai tháng 5 năm 2026./.",
        ],
    );
}

#[test]
fn changes_name_what_moved_and_nothing_else() {
    assert_eq!(changes(&full(), None), "Không có báo cáo trước để so sánh.");
    let same = Freeze { at: full().at.plus(60_000), ..full() };
    let lines: Vec<String> = changes(&same, Some(&full())).lines().map(str::to_owned).collect();
    assert_eq!(lines[1..], ["Hồ sơ: số liệu chưa được cập nhật kể từ báo cáo trước."]);
    let lines: Vec<String> = changes(&full(), Some(&before())).lines().map(str::to_owned).collect();
    let claimed = full().tasks.claimed;
    assert_eq!(lines[0], "So với báo cáo ngày 28/05/2026:");
    assert!(
        lines[1].starts_with(&format!("Nhiệm vụ: báo hoàn thành {claimed} (tăng 2); có minh chứng")),
        "{}",
        lines[1]
    );
    assert_eq!(lines[2], "Có thêm minh chứng: nhiệm vụ 71, 76.");
    assert_eq!(lines[3], "Hồ sơ: tiếp nhận 377.808 (tăng 1.708); đang giải quyết 31.238 (giảm 262).");
    assert_eq!(lines[4], "Vướng mắc mới: Mã phí, lệ phí của 12 thủ tục chưa khớp với nền tảng thanh toán.");
    assert_eq!(lines.len(), 5);
}

#[test]
fn what_still_waits_is_said_with_its_time_or_as_not_known() {
    assert_says(
        &text(&full()),
        &["1.204 bản ghi chờ gửi, 3 bản ghi bỏ dở", "214 hồ sơ của 41 đơn vị, 18.350.000 đồng"],
    );
    let nothing = text(&unknown());
    assert_says(&nothing, &["Chưa có số liệu hàng đợi đồng bộ.", "Chưa có số liệu phí, lệ phí chờ nộp."]);
}

#[test]
fn what_is_no_longer_seen_is_not_said_to_have_failed() {
    let (mut today, mut before) = (full(), full());
    let flow = |freeze: &mut Freeze, good, unseen| {
        let flow = &mut freeze.exchange.flows[0];
        (flow.good, flow.unseen) = (good, unseen);
    };
    let said = |today: &Freeze, before: &Freeze| changes(today, Some(before));
    flow(&mut before, true, false);
    for (good, unseen, words) in
        [(false, true, "Luồng không còn quan sát được: "), (false, false, "Luồng không còn đạt: ")]
    {
        flow(&mut today, good, unseen);
        let lines = said(&today, &before);
        assert!(lines.contains(words) && lines.matches("Luồng ").count() == 1, "{lines}");
        let back = said(&before, &today);
        let words =
            if unseen { "Luồng quan sát lại được và đạt: " } else { "Luồng đã đạt: " };
        assert!(back.contains(words) && back.matches("Luồng ").count() == 1, "{back}");
    }

    let (mut today, before) = (full(), full());
    let at = today.tasks.rows.iter().position(|row| row.proved).expect("a proved task");
    let no = today.tasks.rows[at].no.clone();
    for (unseen, words) in [(true, "Không còn quan sát được minh chứng"), (false, "Không còn minh chứng")]
    {
        let row = &mut today.tasks.rows[at];
        (row.proved, row.unseen) = (false, unseen);
        let lines = said(&today, &before);
        assert!(lines.contains(&format!("{words}: nhiệm vụ {no}.")), "{lines}");
        assert_eq!(lines.matches("minh chứng: nhiệm vụ").count(), 1, "{lines}");
    }
}

#[test]
fn incidents_that_began_ended_or_came_back_since_are_named() {
    let incident = |id: &str, ended| IncidentLine {
        id: id.into(),
        severity: "S1".into(),
        title: format!("Sự cố {id}."),
        began: Ms(0),
        ended,
        owner: String::new(),
        state: String::new(),
    };
    let (mut today, mut before) = (full(), full());
    before.incidents = Some(vec![incident("cũ", None), incident("xong", Some(Ms(1)))]);
    today.incidents = Some(vec![
        incident("cũ", Some(Ms(2))),
        incident("xong", None),
        incident("mới", None),
        incident("nhanh", Some(Ms(3))),
    ]);
    let lines = changes(&today, Some(&before));
    for said in [
        "Sự cố mới: S1 Sự cố mới; S1 Sự cố nhanh (đã khắc phục).",
        "Sự cố đã khắc phục: S1 Sự cố cũ.",
        "Sự cố trở lại: S1 Sự cố xong.",
    ] {
        assert!(lines.contains(said), "{said} in {lines}");
    }
    before.incidents = None;
    assert!(!changes(&today, Some(&before)).contains("Sự cố"), "no register was kept then");
}

#[test]
fn what_is_not_known_on_one_day_is_no_rise_and_no_fall() {
    let lines = changes(&unknown(), Some(&full()));
    assert!(lines.contains("Hồ sơ: không còn số liệu."), "{lines}");
    assert!(!lines.contains("Đã khớp trở lại"), "what cannot be checked is not settled: {lines}");
    let back = changes(&full(), Some(&unknown()));
    assert!(back.contains("Hồ sơ: đã có số liệu."), "{back}");
    assert!(!back.contains("tăng 377.808"));
    assert!(lines.contains("API: không còn số liệu đo.") && !lines.contains("API đạt ngưỡng"), "{lines}");
    assert!(back.contains("API: đã có số liệu đo, 41/53 API đạt ngưỡng."), "{back}");
}
