//! `pvhcc bars`: a bar of a whole flow set in an admin's name, with its reason, and given up again.

use crate::{out, pvhcc};

#[test]
fn a_bar_is_set_over_what_is_in_force_with_its_reason_and_given_up_again() {
    let folder = tempfile::tempdir().expect("folder");
    let run = |args: &[&str]| pvhcc(folder.path(), args);
    let shipped = out(&run(&["bars", "list"]));
    assert!(shipped.starts_with("default  Mức chung: 300 lượt gọi gần nhất"), "{shipped}");
    let set =
        ["bars", "set", "flow:petition", "--days", "30", "--from", "2026-06-01", "--reason", "Công văn 15"];
    let nobody = run(&set);
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("--as"), "not in nobody's name");
    let staff = run(&[&set[..], &["--as", "staff"]].concat());
    assert_eq!(staff.status.code(), Some(2), "an admin's matter");
    let told = out(&run(&[&set[..], &["--as", "admin"]].concat()));
    let coming = told.lines().find(|l| l.contains("sẽ từ 00:00 01/06/2026")).expect("told");
    assert!(
        coming.contains("Công văn 15") && coming.contains("30 ngày gần nhất, ít nhất 20 lượt"),
        "{coming}"
    );

    let now = ["bars", "set", "province.01", "--success", "99.5", "--reason", "thử", "--as", "admin"];
    let told = out(&run(&now));
    assert!(told.contains("thành công từ 99,5%; p95 không quá 2.000 ms"), "the rest stays: {told}");
    let told = out(&run(&["bars", "reset", "province.01", "--reason", "thôi", "--as", "admin"]));
    assert!(!told.contains("province.01"), "{told}");
    let unknown = run(&["bars", "set", "flow:nothing", "--days", "3", "--reason", "x", "--as", "admin"]);
    assert!(
        String::from_utf8_lossy(&unknown.stderr).contains("flow:petition"),
        "says for what there can be one"
    );
}
