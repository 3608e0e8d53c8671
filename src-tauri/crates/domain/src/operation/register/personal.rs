//! Numbers that tell of a citizen: they have no place in a register of dossiers, whatever the column.

/// What a text seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// Twelve digits: a citizen's number.
    CitizenNumber,
    /// A telephone number of the country.
    Phone,
}

/// What a text seems to tell of a citizen; `None` where it tells nothing. Codes of dossiers and receipts have letters or
/// hyphens among their digits, or end sooner.
#[must_use]
pub fn personal(text: &str) -> Option<Personal> {
    for word in text.split(|c: char| c.is_whitespace() || ",;:()\"'/".contains(c)) {
        let runs = word.split(|c: char| !c.is_ascii_digit());
        if runs.clone().any(|run| run.len() == 12) {
            return Some(Personal::CitizenNumber);
        }
        // A code goes on before or behind: `H21-0912345678-01` is one, a number alone is a telephone.
        if is_phone(word.trim_matches(|c: char| c == '.' || c == '-')) {
            return Some(Personal::Phone);
        }
    }
    // Written in groups: `0912 345 678`. Years and days of a receipt's number make groups too, but none begins with 0.
    let groups: Vec<&str> = text.split_whitespace().collect();
    let numeric = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '+');
    groups.chunk_by(|a, b| numeric(a) && numeric(b)).map(<[&str]>::concat).find_map(|joined| {
        let citizen = joined.len() == 12 && joined.starts_with('0') && numeric(&joined);
        let phone = is_phone(&joined).then_some(Personal::Phone);
        if citizen { Some(Personal::CitizenNumber) } else { phone }
    })
}

/// `0912345678`, `+84912345678`, `84912345678`, `0912.345.678`, `0912-345-678`, `02693823456`.
fn is_phone(word: &str) -> bool {
    let plus = word.starts_with('+');
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let only = word.chars().all(|c| c.is_ascii_digit() || ".-+".contains(c));
    let national = match digits.strip_prefix("84") {
        Some(rest) if plus || digits.len() == 11 => rest,
        _ => match digits.strip_prefix('0') {
            Some(rest) => rest,
            None => return false,
        },
    };
    let mobile = national.len() == 9 && national.starts_with(['3', '5', '7', '8', '9']);
    let fixed = national.len() == 10 && national.starts_with('2');
    only && (mobile || fixed)
}
