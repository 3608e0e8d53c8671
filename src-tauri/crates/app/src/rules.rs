//! Rules that change the truth: built-in values, and what journal events made of them (design §8).

use pvhcc_domain::{
    act::{Act, Event},
    observation::SourceId,
    time::Ms,
};

/// One rule the product knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) unit: &'static str,
    /// Built-in value, JSON text.
    pub(crate) default: &'static str,
    /// Allowed range of a number.
    pub(crate) range: Option<(i64, i64)>,
}

/// All rules, in the order shown.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "freshness.gateway_tasks",
        title: "Trạng thái nhiệm vụ từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "300",
        range: Some((10, 86_400)),
    },
    Rule {
        name: "freshness.gateway_flows",
        title: "Luồng tích hợp: coi là cũ sau",
        unit: "giây",
        default: "180",
        range: Some((10, 86_400)),
    },
    Rule {
        name: "freshness.gateway_apis",
        title: "Số đo API: coi là cũ sau",
        unit: "giây",
        default: "180",
        range: Some((10, 86_400)),
    },
    Rule {
        name: "freshness.gateway_indicators",
        title: "Chỉ số phục vụ từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "14400",
        range: Some((60, 604_800)),
    },
    Rule {
        name: "freshness.gateway_procedures",
        title: "Danh mục TTHC từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "259200",
        range: Some((60, 2_592_000)),
    },
    Rule {
        name: "freshness.gateway_dossiers",
        title: "Hồ sơ từ Trục tích hợp: coi là cũ sau",
        unit: "giây",
        default: "1200",
        range: Some((60, 604_800)),
    },
    Rule {
        name: "freshness.portal_statistics",
        title: "Số liệu hồ sơ từ Cổng DVCQG: coi là cũ sau",
        unit: "giây",
        default: "7200",
        range: Some((60, 604_800)),
    },
    Rule {
        name: "flow.success_bar",
        title: "Tỷ lệ thành công tối thiểu của một luồng",
        unit: "%",
        default: "98",
        range: Some((1, 100)),
    },
    Rule {
        name: "retention.days",
        title: "Giữ số đo của các nguồn trong",
        unit: "ngày",
        default: "400",
        range: Some((31, 3650)),
    },
    Rule {
        name: "pin.days",
        title: "Mã PIN ngoại tuyến có hiệu lực",
        unit: "ngày",
        default: "7",
        range: Some((1, 31)),
    },
];

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

/// The rule as a number in force; the built-in value when the kept one is no number in range.
pub(crate) fn number(name: &str, events: &[Event], at: Ms) -> i64 {
    let Some(rule) = RULES.iter().find(|r| r.name == name) else { return 0 };
    let parse = |text: &str| text.parse::<i64>().ok().filter(|n| in_range(rule, *n));
    parse(&in_force(rule, events, at).value).or_else(|| rule.default.parse().ok()).unwrap_or(0)
}

/// Checks a value for a rule; the message names the range.
pub(crate) fn check(rule: &Rule, value: &str) -> Result<(), String> {
    match value.trim().parse::<i64>() {
        Ok(n) if in_range(rule, n) => Ok(()),
        _ => {
            let (low, high) = rule.range.unwrap_or((0, i64::MAX));
            Err(format!("“{}” cần một số nguyên từ {low} đến {high} {}.", rule.title, rule.unit))
        }
    }
}

fn in_range(rule: &Rule, n: i64) -> bool {
    rule.range.is_none_or(|(low, high)| (low..=high).contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_value_is_in_its_own_range() {
        for rule in RULES {
            assert!(check(rule, rule.default).is_ok(), "{}", rule.name);
        }
        for source in SourceId::ALL {
            assert!(number(&freshness_rule(source), &[], Ms(0)) > 0, "{source:?} has a limit");
        }
    }
}
