use super::*;
use crate::operation::runbook::{
    BUILTIN, Condition, Criterion, Gate, Level, Step, Stream, Trigger, Who,
    condition::{Compare, Figure},
};
use crate::operation::signal::Metric;

fn night() -> &'static str {
    BUILTIN[0].1
}

fn at_most(figure: Figure, value: f64) -> Condition {
    Condition { node: None, metric: None, figure: Some(figure), is: Compare::AtMost, value, minutes: 0 }
}

fn waiting(value: f64) -> Condition {
    let (node, metric) = (Some("queue".to_owned()), Some(Metric::Waiting));
    Condition { node, metric, figure: None, is: Compare::Below, value, minutes: 0 }
}

#[test]
fn a_part_put_back_as_it_is_changes_no_byte() {
    fn put_back<P: Part>(text: &str) -> usize {
        let runbook = parse(text).unwrap();
        for part in P::all(&runbook) {
            assert_eq!(put_part(text, Some(part.id()), part).unwrap(), text, "{}", part.id());
        }
        P::all(&runbook).len()
    }
    for (_, text) in BUILTIN {
        assert!(put_back::<Step>(text) > 0);
        assert_eq!(put_head(text, &parse(text).unwrap()).unwrap(), text);
    }
    assert!(put_back::<Gate>(night()) > 1 && put_back::<Trigger>(night()) > 1);
}

#[test]
fn gates_and_their_criteria_are_changed_made_and_taken_away() {
    let before = parse(night()).unwrap();
    let mut gate = before.gates[0].clone();
    gate.title = "Chuyển hay chờ".to_owned();
    gate.criteria[0].measure = Some(at_most(Figure::ApisFailed, 2.0));
    gate.criteria[0].word = Some(Who { unit: "vnpt".to_owned(), role: None, post: None });
    gate.criteria.remove(1);
    gate.criteria.push(Criterion {
        id: "them".to_owned(),
        text: "Thêm một tiêu chí".to_owned(),
        level: Level::Should,
        measure: Some(waiting(500.0)),
        word: None,
    });
    let changed = put_part(night(), Some(&gate.id), &gate).unwrap();
    let read = parse(&changed).unwrap();
    assert_eq!((&read.gates[0], &read.gates[1..]), (&gate, &before.gates[1..]));
    assert_eq!((&read.steps, &read.triggers), (&before.steps, &before.triggers));
    let second = Gate { id: "cong-moi".to_owned(), ..gate };
    let added = put_part(&changed, None, &second).unwrap();
    assert_eq!(parse(&added).unwrap().gates.last(), Some(&second));
    assert_eq!(parse(&drop_part::<Gate>(&added, "cong-moi").unwrap()).unwrap(), read);
}

#[test]
fn reasons_to_go_back_are_changed_made_and_taken_away() {
    let before = parse(night()).unwrap();
    let mut trigger = before.triggers[1].clone();
    trigger.when = Condition { minutes: 20, ..waiting(12.5) };
    let changed = put_part(night(), Some(&trigger.id), &trigger).unwrap();
    let other = night().lines().zip(changed.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((other, changed.lines().count()), (1, night().lines().count()));
    assert_eq!(parse(&changed).unwrap().triggers[1], trigger);
    let second = Trigger { id: "ly-do-moi".to_owned(), ..trigger };
    let added = put_part(&changed, None, &second).unwrap();
    assert_eq!(parse(&added).unwrap().triggers.last(), Some(&second));
    assert_eq!(drop_part::<Trigger>(&added, "ly-do-moi").unwrap().trim_end(), changed.trim_end());
}

#[test]
fn the_head_and_the_streams_are_changed() {
    let before = parse(night()).unwrap();
    let mut head = before.clone();
    head.title = "Chuyển đổi lần hai".to_owned();
    head.starts = head.starts.plus(86_400_000);
    head.basis.push("Công văn thứ tư".to_owned());
    head.rollback = None;
    head.worst_rollback_minutes = None;
    head.streams[1].name = "Nhánh đổi tên".to_owned();
    head.streams.push(Stream { id: "nhanh-moi".to_owned(), name: "Nhánh mới".to_owned() });
    let changed = put_head(night(), &head).unwrap();
    let read = parse(&changed).unwrap();
    assert_eq!(read, head);
    assert!(changed.contains("starts = \"2026-05-30T16:00:00+07:00\""), "{}", &changed[..900]);
    head.streams.truncate(2);
    assert_eq!(parse(&put_head(&changed, &head).unwrap()).unwrap(), head);
}

#[test]
fn only_the_lines_of_what_changed_are_others() {
    let before = parse(night()).unwrap();
    for (at, step) in before.steps.iter().enumerate() {
        let changed =
            Step { title: format!("{} (sửa)", step.title), minutes: step.minutes + 5, ..step.clone() };
        let text = put_part(night(), Some(&step.id), &changed).unwrap();
        let other = night().lines().zip(text.lines()).filter(|(a, b)| a != b).count();
        assert_eq!((other, text.lines().count()), (2, night().lines().count()), "{}", step.id);
        let mut wanted = before.clone();
        wanted.steps[at] = changed;
        assert_eq!(parse(&text).unwrap(), wanted);
    }
}

#[test]
fn every_field_can_be_set_and_taken_away() {
    let runbook = parse(night()).unwrap();
    let full = Step {
        id: "kiem-thu".to_owned(),
        stream: runbook.streams[1].id.clone(),
        title: "Kiểm thử".to_owned(),
        detail: "Dòng một\ncó \"ngoặc\" và # dấu".to_owned(),
        owner: Who { unit: "vnpt".to_owned(), role: None, post: Some("hạ tầng".to_owned()) },
        backup: Some(Who { unit: "vp_ubnd".to_owned(), role: Some(crate::roles::Role::Leader), post: None }),
        start: 15,
        minutes: 30,
        not_before: true,
        after: vec![runbook.steps[0].id.clone(), runbook.steps[1].id.clone()],
        gates: vec![runbook.gates[0].id.clone()],
        needs: vec![at_most(Figure::ObstaclesOpen, 3.0), Condition { minutes: 5, ..waiting(0.5) }],
        validation: "Đạt".to_owned(),
        rollback: Some("quay-lai".to_owned()),
        evidence: Some("Biên bản".to_owned()),
        no_return: true,
    };
    let added = put_part(night(), None, &full).unwrap();
    let read = parse(&added).unwrap();
    assert_eq!(read.steps.last(), Some(&full));
    assert_eq!(read.steps.len(), runbook.steps.len() + 1);
    assert_eq!((&read.gates, &read.triggers), (&runbook.gates, &runbook.triggers));
    let least = Step {
        detail: String::new(),
        backup: None,
        not_before: false,
        after: Vec::new(),
        gates: Vec::new(),
        needs: Vec::new(),
        rollback: None,
        evidence: None,
        no_return: false,
        ..full.clone()
    };
    let bare = put_part(&added, Some(&full.id), &least).unwrap();
    assert_eq!(parse(&bare).unwrap().steps.last(), Some(&least));
    assert_eq!(parse(&drop_part::<Step>(&bare, &full.id).unwrap()).unwrap(), runbook);
    let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(comments(&bare), comments(night()));
}

#[test]
fn what_cannot_be_changed_is_refused() {
    let step = parse(night()).unwrap().steps.remove(0);
    assert!(matches!(put_part("id = ", None, &step), Err(NotChanged::Unreadable(_))));
    assert_eq!(drop_part::<Step>(night(), "khong"), Err(NotChanged::Missing("khong".to_owned())));
    assert_eq!(put_part(night(), Some("khong"), &step), Err(NotChanged::Missing("khong".to_owned())));
    let inline = "id = \"x\"\ntitle = \"X\"\nbasis = []\nstarts = \"2026-05-29T16:00:00+07:00\"\nwindow_minutes = 60\nsteps = []\n";
    assert_eq!(put_part(inline, None, &step), Err(NotChanged::NotInTables("steps")));
    let without = inline.replace("steps = []\n", "");
    assert_eq!(parse(&put_part(&without, None, &step).unwrap()).unwrap().steps.len(), 1);
}

#[test]
fn ids_are_made_of_titles() {
    assert_eq!(part_id("Sao lưu dữ liệu, thử khôi phục", |_| false), "sao-luu-du-lieu-thu-khoi-phuc");
    assert_eq!(part_id("Đổi DNS", |id| id == "doi-dns"), "doi-dns-2");
    assert_eq!(part_id("???", |_| false), "muc");
    assert!(part_id(&"rất dài ".repeat(40), |_| false).len() <= LONGEST_ID);
}
