//! Every form of a date, a number and a share that exports have, and what is none.

use super::*;
use proptest::prelude::*;

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(text).expect("RFC 3339")
}

#[test]
fn a_moment_is_read_in_every_form_that_exports_have() {
    let day = "2026-05-29T00:00:00+07:00";
    let minute = "2026-05-29T14:05:00+07:00";
    let second = "2026-05-29T14:05:09+07:00";
    let date = NaiveDate::from_ymd_opt(2026, 5, 29).expect("valid");
    for (cell, expected) in [
        (text("29/05/2026"), day),
        (text(" 29/5/2026 "), day),
        (text("29-05-2026"), day),
        (text("29.05.2026"), day),
        (text("2026-05-29"), day),
        (text("2026/05/29"), day),
        (text("20260529"), day),
        (Cell::Number(20_260_529.0), day),
        (Cell::Number(46_171.0), day),
        (Cell::Moment(date.and_time(NaiveTime::MIN)), day),
        (text("29/05/2026 14:05"), minute),
        (text("14:05 29/05/2026"), minute),
        (text("29/05/2026, 14:05"), minute),
        (text("202605291405"), minute),
        (text("29/05/2026 02:05 PM"), minute),
        (text("29/05/2026 2:05 CH"), minute),
        (text("29/05/2026 14:05:09"), second),
        (text("20260529140509"), second),
        (Cell::Number(20_260_529_140_509.0), second),
        (text("2026-05-29T14:05:09"), second),
        (text("2026-05-29T14:05:09+07:00"), second),
        (text("2026-05-29T07:05:09Z"), second),
        (text("2026-05-29 07:05:09.000Z"), second),
        (Cell::Number(46_171.0 + (14.0 * 3600.0 + 5.0 * 60.0 + 9.0) / 86_400.0), second),
    ] {
        assert_eq!(moment(&cell, DateOrder::DayFirst), Ok(Some(at(expected))), "{cell:?}");
    }
    assert_eq!(moment(&text("05/29/2026"), DateOrder::MonthFirst), Ok(Some(at(day))));
    assert_eq!(moment(&text("5/29/2026 12:00 AM"), DateOrder::MonthFirst), Ok(Some(at(day))));
    for untold in [Cell::Empty, text(""), text(" "), text("-"), text("–"), text("NULL"), text("n/a")] {
        assert_eq!(moment(&untold, DateOrder::DayFirst), Ok(None), "{untold:?}");
    }
}

#[test]
fn what_is_no_date_is_said_without_the_value() {
    for (cell, words) in [
        (text("31/02/2026"), "không có trong lịch"),
        (text("05/29/2026"), "ngày/tháng/năm"),
        (text("29/05/26"), "hai chữ số"),
        (text("Nguyễn Văn A"), "không phải một ngày"),
        (text("29/05"), "không phải một ngày"),
        (text("29/05/2026 25:00"), "không phải một ngày"),
        (text("29/05/1926"), "2000–2099"),
        (Cell::Number(12.0), "không phải một ngày"),
        (Cell::Number(46_171_000.0), "không có trong lịch"),
        (Cell::Error("#REF!".into()), "#REF!"),
    ] {
        let reason = moment(&cell, DateOrder::DayFirst).expect_err("no date");
        assert!(reason.contains(words), "{cell:?}: {reason}");
        assert!(!reason.contains("Nguyễn"), "{reason}");
    }
}

#[test]
fn the_order_of_a_column_is_told_by_all_its_dates() {
    let order = |dates: &[&str]| {
        let mut evidence = Evidence::default();
        dates.iter().for_each(|date| witness_date(&mut evidence, &text(date)));
        (evidence.order(), evidence.is_ambiguous())
    };
    assert_eq!(order(&["01/02/2026", "13/02/2026"]), (DateOrder::DayFirst, false));
    assert_eq!(order(&["01/02/2026", "02/13/2026"]), (DateOrder::MonthFirst, false));
    assert_eq!(
        order(&["13/02/2026", "02/13/2026"]),
        (DateOrder::DayFirst, false),
        "the wrong one is not taken"
    );
    assert_eq!(order(&["01/02/2026", "03/02/2026"]), (DateOrder::DayFirst, true));
    assert_eq!(order(&["05/05/2026", "2026-05-29", "20260529"]), (DateOrder::DayFirst, false));
}

#[test]
fn counts_are_read_as_people_write_them() {
    for (cell, expected) in [
        (text("338.923"), 338_923),
        (text("338,923"), 338_923),
        (text("338 923"), 338_923),
        (text("338\u{a0}923"), 338_923),
        (text("1.338.923"), 1_338_923),
        (text("338.923,00"), 338_923),
        (text("338923.0"), 338_923),
        (text("0"), 0),
        (text("12"), 12),
        (Cell::Number(338_923.0), 338_923),
    ] {
        assert_eq!(count(&cell), Ok(Some(expected)), "{cell:?}");
    }
    assert_eq!(count(&text("–")), Ok(None));
    for (cell, words) in [
        (Cell::Number(338.923), "hàng nghìn"),
        (Cell::Number(-1.0), "âm"),
        (text("-1"), "âm"),
        (text("1,5"), "không phải số nguyên"),
        (text("12 hồ sơ"), "không phải số nguyên"),
        (text("1.23.456"), "không phải số nguyên"),
        (text("99999999999999999999"), "quá lớn"),
        (Cell::Error("#DIV/0!".into()), "#DIV/0!"),
    ] {
        let reason = count(&cell).expect_err("no count");
        assert!(reason.contains(words), "{cell:?}: {reason}");
    }
}

#[test]
fn shares_keep_the_digits_they_were_printed_with() {
    for (cell, percents, fraction, digits) in [
        (text("68,73%"), false, 0.6873, 2),
        (text("68.73 %"), false, 0.6873, 2),
        (text("73%"), false, 0.73, 0),
        (text("68,73"), true, 0.6873, 2),
        (text("0,6873"), false, 0.6873, 2),
        (Cell::Number(0.6873), false, 0.6873, 2),
        (Cell::Number(68.73), true, 0.6873, 2),
        (Cell::Number(1.0), false, 1.0, 0),
        (Cell::Number(1.0), true, 0.01, 0),
    ] {
        let read = rate(&cell, percents).expect("a share").expect("told");
        assert!((read.fraction - fraction).abs() < 1e-12 && read.digits == digits, "{cell:?}: {read:?}");
    }
    for wrong in [text("nhiều"), text("-5%"), text("1.234,5%"), Cell::Number(-0.5), text("5000%")] {
        assert!(rate(&wrong, false).is_err(), "{wrong:?}");
    }
    let mut evidence = Evidence::default();
    [Cell::Number(0.4), text("68,73")].iter().for_each(|cell| witness_rate(&mut evidence, cell));
    assert!(evidence.percents());
}

#[test]
fn codes_keep_their_letters_and_a_citizens_number_is_known() {
    assert_eq!(code(&text(" H21.17-260529-00001 ")), Ok(Some("H21.17-260529-00001".into())));
    assert_eq!(code(&Cell::Number(12345.0)), Ok(Some("12345".into())));
    assert_eq!(code(&text("Đa\u{302}\u{301}t đai")), Ok(Some("Đất đai".into())));
    assert!(code(&text(&"a".repeat(LONGEST_CODE + 1))).is_err());
    assert!(is_citizen_number("052099001234") && !is_citizen_number("152099001234"));
}

proptest! {
    #[test]
    fn a_moment_written_in_any_form_reads_back(seconds in 946_684_800_i64..4_102_444_799) {
        let at = Ms(seconds * 1000).plus(-i64::from(PROVINCE_OFFSET_SECONDS) * 1000);
        let local = at.local();
        for form in ["%d/%m/%Y %H:%M:%S", "%H:%M:%S %d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%:z", "%Y%m%d%H%M%S", "%-d/%-m/%Y %-H:%-M:%S"] {
            let cell = text(&local.format(form).to_string());
            prop_assert_eq!(moment(&cell, DateOrder::DayFirst), Ok(Some(at)), "{}", form);
        }
        let month_first = text(&local.format("%m/%d/%Y %I:%M:%S %p").to_string());
        prop_assert_eq!(moment(&month_first, DateOrder::MonthFirst), Ok(Some(at)));
        let day = local.date_naive();
        let serial = (day - NaiveDate::from_ymd_opt(1899, 12, 30).expect("valid")).num_days() as f64
            + f64::from(chrono::Timelike::num_seconds_from_midnight(&local)) / 86_400.0;
        prop_assert_eq!(moment(&Cell::Number(serial), DateOrder::DayFirst), Ok(Some(at)));
    }

    #[test]
    fn a_count_written_in_any_form_reads_back(value in 0_u64..9_007_199_254_740_992) {
        let plain = value.to_string();
        let points = crate::text::number(i64::try_from(value).expect("fits"));
        for written in [plain, points.clone(), points.replace('.', ","), points.replace('.', " "), format!("{points},00")] {
            prop_assert_eq!(count(&text(&written)), Ok(Some(value)), "{}", written);
        }
        prop_assert_eq!(count(&Cell::Number(value as f64)), Ok(Some(value)));
    }

    #[test]
    fn a_share_written_in_any_form_reads_back(hundredths in 0_u32..=10_000) {
        let fraction = f64::from(hundredths) / 10_000.0;
        let written = format!("{:.2}%", fraction * 100.0);
        for written in [written.clone(), written.replace('.', ","), written.replace('%', " %")] {
            let read = rate(&text(&written), false).expect("a share").expect("told");
            prop_assert!((read.fraction - fraction).abs() < 1e-12 && read.digits == 2, "{}", written);
        }
    }

    #[test]
    fn no_text_at_all_makes_the_readers_fail_otherwise_than_by_a_reason(words in "\\PC{0,60}") {
        let cell = text(&words);
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
            let _ = moment(&cell, order);
        }
        let _ = (count(&cell), rate(&cell, true), rate(&cell, false), code(&cell));
        witness_date(&mut Evidence::default(), &cell);
    }
}
