//! Rules that change the truth: built-in values, and what journal events made of them (design §8).

use pvhcc_domain::{
    act::{Act, Event},
    observation::SourceId,
    report::deadline::{parse_time, parse_times, time_text},
    text::nfc,
    time::Ms,
};
use std::collections::BTreeMap;

/// What the value of a rule looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A whole number in a range.
    Number(i64, i64),
    /// A time of the day.
    Time,
    /// Times of the day; none is allowed.
    Times,
    /// One of several, with titles.
    Choice(&'static [(&'static str, &'static str)]),
}

/// One rule the product knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) unit: &'static str,
    /// Built-in value.
    pub(crate) default: &'static str,
    pub(crate) kind: Kind,
}

/// All rules, in the order shown.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "freshness.gateway_tasks",
        title: "Trạng thái nhiệm vụ từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "300",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.gateway_flows",
        title: "Luồng tích hợp: coi là cũ sau",
        unit: "giây",
        default: "180",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.gateway_apis",
        title: "Số đo API: coi là cũ sau",
        unit: "giây",
        default: "180",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.gateway_indicators",
        title: "Chỉ số phục vụ từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "14400",
        kind: Kind::Number(60, 604_800),
    },
    Rule {
        name: "freshness.gateway_procedures",
        title: "Danh mục TTHC từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "259200",
        kind: Kind::Number(60, 2_592_000),
    },
    Rule {
        name: "freshness.gateway_dossiers",
        title: "Hồ sơ từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "1200",
        kind: Kind::Number(60, 604_800),
    },
    Rule {
        name: "freshness.gateway_sync",
        title: "Hàng đợi đồng bộ: coi là cũ sau",
        unit: "giây",
        default: "180",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.gateway_fees",
        title: "Phí, lệ phí chờ nộp: coi là cũ sau",
        unit: "giây",
        default: "600",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.gateway_petitions",
        title: "Phản ánh, kiến nghị: coi là cũ sau",
        unit: "giây",
        default: "1800",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.probes",
        title: "Kết quả dò hệ thống xung quanh: coi là cũ sau",
        unit: "giây",
        default: "300",
        kind: Kind::Number(10, 86_400),
    },
    Rule {
        name: "freshness.portal_statistics",
        title: "Số liệu hồ sơ từ Cổng DVCQG: coi là cũ sau",
        unit: "giây",
        default: "7200",
        kind: Kind::Number(60, 604_800),
    },
    Rule {
        name: "flow.success_bar",
        title: "Tỷ lệ thành công tối thiểu của một luồng",
        unit: "%",
        default: "98",
        kind: Kind::Number(1, 100),
    },
    Rule {
        name: crate::registers::LIMIT,
        title: "Hồ sơ giấy, tiền mặt phải nhập lại hệ thống sau",
        unit: "giờ",
        default: "24",
        kind: Kind::Number(1, 720),
    },
    clock("severity.s1.acknowledge", "Sự cố S1 Nghiêm trọng: phải có người tiếp nhận trong", "phút", "15"),
    clock("severity.s1.update", "Sự cố S1 Nghiêm trọng: cập nhật mỗi", "phút", "30"),
    clock("severity.s1.fix", "Sự cố S1 Nghiêm trọng: phải khắc phục trong", "phút", "120"),
    clock("severity.s2.acknowledge", "Sự cố S2 Cao: phải có người tiếp nhận trong", "phút", "30"),
    clock("severity.s2.update", "Sự cố S2 Cao: cập nhật mỗi", "phút", "60"),
    clock("severity.s2.fix", "Sự cố S2 Cao: phải khắc phục trong", "phút", "480"),
    clock("severity.s3.acknowledge", "Sự cố S3 Trung bình: phải có người tiếp nhận trong", WORKING, "240"),
    clock("severity.s3.update", "Sự cố S3 Trung bình: cập nhật mỗi", WORKING, "480"),
    clock("severity.s3.fix", "Sự cố S3 Trung bình: phải khắc phục trong", WORKING, "960"),
    clock("severity.s4.acknowledge", "Sự cố S4 Thấp: phải có người tiếp nhận trong", WORKING, "480"),
    clock("severity.s4.update", "Sự cố S4 Thấp: cập nhật mỗi", WORKING, "2400"),
    Rule {
        name: "retention.days",
        title: "Giữ số đo của các nguồn trong",
        unit: "ngày",
        default: "400",
        kind: Kind::Number(31, 3650),
    },
    Rule {
        name: "pin.days",
        title: "Mã PIN ngoại tuyến có hiệu lực",
        unit: "ngày",
        default: "7",
        kind: Kind::Number(1, 31),
    },
    Rule {
        name: REPORT_DEADLINE,
        title: "Báo cáo ngày phải gửi trước",
        unit: "",
        default: "15:00",
        kind: Kind::Time,
    },
    Rule {
        name: REPORT_REMINDERS,
        title: "Nhắc báo cáo ngày vào lúc",
        unit: "",
        default: "13:30, 14:00, 14:30, 14:50",
        kind: Kind::Times,
    },
    Rule {
        name: REPORT_DAYS,
        title: "Ngày phải báo cáo",
        unit: "",
        default: "every",
        kind: Kind::Choice(&[("every", "mọi ngày, kể cả ngày nghỉ"), ("working", "chỉ ngày làm việc")]),
    },
];

/// Minutes of working hours.
const WORKING: &str = "phút làm việc";

/// How long a clock of incidents runs.
const fn clock(name: &'static str, title: &'static str, unit: &'static str, default: &'static str) -> Rule {
    Rule { name, title, unit, default, kind: Kind::Number(1, 10_080) }
}

/// By when the report of a day must be sent.
pub(crate) const REPORT_DEADLINE: &str = "report.deadline";
/// When it is asked for.
pub(crate) const REPORT_REMINDERS: &str = "report.reminders";
/// On which days one is due.
pub(crate) const REPORT_DAYS: &str = "report.days";

/// Name of the freshness rule of a source.
pub(crate) fn freshness_rule(source: SourceId) -> String {
    format!("freshness.{}", source.as_str())
}

/// A value in force.
#[derive(Debug, Clone)]
pub(crate) struct InForce {
    pub(crate) value: String,
    pub(crate) since: Option<Ms>,
    pub(crate) actor: Option<String>,
}

/// The value of `rule` in force at `at`, from the rule's own events in journal order.
pub(crate) fn in_force(rule: &Rule, events: &[Event], at: Ms) -> InForce {
    let mut found = InForce { value: rule.default.to_owned(), since: None, actor: None };
    for event in events {
        if let Act::RuleSet { rule: name, value, from, .. } = &event.act
            && name == rule.name
            && *from <= at
        {
            found = InForce { value: value.clone(), since: Some(*from), actor: Some(event.actor.clone()) };
        }
    }
    found
}

/// What somebody set of something with rules of its own, or with `None` gave up for what is shipped, from a moment on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Set<T> {
    pub(crate) value: Option<T>,
    pub(crate) from: Ms,
    pub(crate) reason: Option<String>,
    pub(crate) actor: String,
}

/// What was set by the rules whose names begin with `prefix`, by what it is set for, in the order of validity; of two from the same
/// moment the later said counts.
pub(crate) fn all_set<'a, K: Ord, T>(
    events: &'a [Event],
    prefix: &str,
    key: impl Fn(&'a str) -> K,
    read: impl Fn(&str) -> Option<T>,
) -> BTreeMap<K, Vec<Set<T>>> {
    let mut sets: BTreeMap<K, Vec<Set<T>>> = BTreeMap::new();
    for event in events {
        let Act::RuleSet { rule, value, from, reason } = &event.act else { continue };
        let Some(rest) = rule.strip_prefix(prefix) else { continue };
        let set = Set { value: read(value), from: *from, reason: reason.clone(), actor: event.actor.clone() };
        let all = sets.entry(key(rest)).or_default();
        all.retain(|other| other.from != set.from);
        all.push(set);
    }
    for all in sets.values_mut() {
        all.sort_by_key(|set| set.from);
    }
    sets
}

/// Every value the rule ever had by `at`, with since when, the built-in one first.
pub(crate) fn course(name: &str, events: &[Event], at: Ms) -> Vec<(Ms, String)> {
    let Some(rule) = RULES.iter().find(|r| r.name == name) else { return Vec::new() };
    let set = events.iter().filter_map(|event| match &event.act {
        Act::RuleSet { rule, value, from, .. } if rule == name && *from <= at => Some((*from, value.clone())),
        _ => None,
    });
    std::iter::once((Ms(i64::MIN), rule.default.to_owned())).chain(set).collect()
}

/// The rule's value in force; the built-in one when the kept one is none of its kind.
pub(crate) fn value(name: &str, events: &[Event], at: Ms) -> String {
    let Some(rule) = RULES.iter().find(|r| r.name == name) else { return String::new() };
    let value = in_force(rule, events, at).value;
    normal(rule, &value).unwrap_or_else(|_| rule.default.to_owned())
}

/// The rule as a number in force; the built-in value when the kept one is no number in range.
pub(crate) fn number(name: &str, events: &[Event], at: Ms) -> i64 {
    value(name, events, at).parse().unwrap_or(0)
}

/// A value for a rule as it is kept; the message says what it should look like.
pub(crate) fn normal(rule: &Rule, value: &str) -> Result<String, String> {
    let value = nfc(value.trim());
    match rule.kind {
        Kind::Number(low, high) => {
            value.parse::<i64>().ok().filter(|n| (low..=high).contains(n)).map(|n| n.to_string()).ok_or_else(
                || format!("“{}” cần một số nguyên từ {low} đến {high} {}.", rule.title, rule.unit),
            )
        }
        Kind::Time => parse_time(&value)
            .map(time_text)
            .ok_or_else(|| format!("“{}” cần một giờ dạng 15:00.", rule.title)),
        Kind::Times => parse_times(&value)
            .map(|times| times.into_iter().map(time_text).collect::<Vec<_>>().join(", "))
            .ok_or_else(|| format!("“{}” cần các giờ dạng 13:30, 14:00.", rule.title)),
        Kind::Choice(choices) => choices
            .iter()
            .find(|(known, _)| *known == value)
            .map(|(known, _)| (*known).to_owned())
            .ok_or_else(|| {
                let known: Vec<&str> = choices.iter().map(|(value, _)| *value).collect();
                format!("“{}” là một trong: {}.", rule.title, known.join(", "))
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_value_is_in_its_own_range() {
        for rule in RULES {
            assert_eq!(normal(rule, rule.default).as_deref(), Ok(rule.default), "{}", rule.name);
        }
        for source in SourceId::ALL {
            assert!(number(&freshness_rule(source), &[], Ms(0)) > 0, "{source:?} has a limit");
        }
    }

    #[test]
    fn what_is_typed_is_kept_in_one_form_or_refused_by_name() {
        let rule = |name: &str| RULES.iter().find(|r| r.name == name).expect("a rule");
        for (name, typed, kept) in [
            ("pin.days", " 7 ", Some("7")),
            ("pin.days", "0", None),
            ("pin.days", "bảy", None),
            (REPORT_DEADLINE, "9:5", Some("09:05")),
            (REPORT_DEADLINE, "24:00", None),
            (REPORT_DEADLINE, "15:00, 16:00", None),
            (REPORT_REMINDERS, "14:30;13:30 14:30", Some("13:30, 14:30")),
            (REPORT_REMINDERS, "", Some("")),
            (REPORT_REMINDERS, "13h30", None),
            (REPORT_DAYS, "working", Some("working")),
            (REPORT_DAYS, "never", None),
        ] {
            assert_eq!(normal(rule(name), typed).ok().as_deref(), kept, "{name}: {typed}");
        }
        let refused = normal(rule(REPORT_DAYS), "never").expect_err("refused");
        assert!(refused.contains("Ngày phải báo cáo") && refused.contains("working"), "{refused}");
    }
}
