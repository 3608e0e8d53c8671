//! What a column can be read as: the fields of a dossier record, or the figures of a period.

use serde::{Deserialize, Serialize};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Figures that a system or unit states for a period.
    Figures,
    /// Dossiers.
    Dossiers,
}

impl What {
    /// The stable name used in the journal and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Dossiers => "dossiers",
        }
    }
}

/// How a cell of a target is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A code or a name.
    Code,
    /// One of some words or codes.
    Choice,
    /// A day, with the hour where it is told.
    Moment,
    /// A count of 0 or more.
    Count,
    /// A share, as `68,73%`.
    Rate,
    /// Yes or no.
    Flag,
    /// A period in words.
    Period,
}

macro_rules! targets {
    ($($name:ident, $id:literal, $kind:ident, [$($what:ident)*], $about:literal;)*) => {
        /// A field of the allow-list (design §3). What no target stands for is never read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Target { $(#[doc = $about] #[serde(rename = $id)] $name,)* }

        impl Target {
            /// All of them, in the order shown.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable name used in mappings.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// How its cells are read.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind),* }
            }

            /// Whether rows of this sort have it.
            #[must_use]
            pub fn is_of(self, what: What) -> bool {
                let of: &[What] = match self { $(Self::$name => &[$(What::$what),*]),* };
                of.contains(&what)
            }
        }
    };
}

targets! {
    Code, "code", Code, [Dossiers], "`MaHoSo`.";
    Record, "record", Code, [Dossiers], "The source's own id of the record.";
    System, "system", Code, [Dossiers Figures], "Code or name of the system.";
    Ministry, "ministry", Code, [Dossiers], "Whose central system.";
    Unit, "unit", Code, [Dossiers Figures], "Code or name of the unit.";
    Field, "field", Code, [Dossiers Figures], "`MaLinhVuc`.";
    FieldName, "field_name", Code, [Dossiers Figures], "`TenLinhVuc`.";
    Procedure, "procedure", Code, [Dossiers Figures], "`MaTTHC`.";
    ProcedureName, "procedure_name", Code, [Dossiers Figures], "`TenTTHC`.";
    ServiceLevel, "service_level", Choice, [Dossiers], "Online service of the procedure.";
    Channel, "channel", Choice, [Dossiers Figures], "`KenhThucHien`.";
    Status, "status", Choice, [Dossiers], "`TrangThaiHoSo`.";
    SubmittedAt, "submitted_at", Moment, [Dossiers], "`NgayNopHoSo`.";
    ReceivedAt, "received_at", Moment, [Dossiers], "`NgayTiepNhan`.";
    DueAt, "due_at", Moment, [Dossiers], "`NgayHenTra`.";
    FinishedAt, "finished_at", Moment, [Dossiers], "`NgayKetThucXuLy`.";
    ReturnedAt, "returned_at", Moment, [Dossiers], "`NgayTra`.";
    Digitised, "digitised", Flag, [Dossiers], "`HoSoCoThanhPhanSoHoa`.";
    Reused, "reused", Flag, [Dossiers], "`DuocTaiSuDung`.";
    ElectronicResult, "electronic_result", Flag, [Dossiers], "Whether the result is electronic.";
    Fee, "fee", Count, [Dossiers], "Fees and charges in đồng.";
    Payment, "payment", Choice, [Dossiers], "`DuocThanhToanTrucTuyen`.";
    Supplements, "supplements", Count, [Dossiers], "How often papers were asked for.";
    ChangedAt, "changed_at", Moment, [Dossiers], "When the source last changed it.";
    From, "from", Moment, [Figures], "First day of the period.";
    To, "to", Moment, [Figures], "Last day of the period.";
    Period, "period", Period, [Figures], "The period in words.";
    Year, "year", Count, [Figures], "Year of the period.";
    Month, "month", Count, [Figures], "Month of the period.";
    Quarter, "quarter", Period, [Figures], "Quarter of the period.";
    Received, "received", Count, [Figures], "Received in the period (figure 1).";
    ReceivedOnline, "received_online", Count, [Figures], "Of these, online.";
    ReceivedDirect, "received_direct", Count, [Figures], "Of these, in person.";
    ReceivedPostal, "received_postal", Count, [Figures], "Of these, by public post; counted with those in person.";
    CarriedOver, "carried_over", Count, [Figures], "Carried over (figure 2).";
    Total, "total", Count, [Figures], "Handled in the period (figure 3).";
    Done, "done", Count, [Figures], "Done (figure 4).";
    Early, "early", Count, [Figures], "Done before the day; counted with those on time.";
    OnTime, "on_time", Count, [Figures], "Done on time (figure 5).";
    OnTimeRate, "on_time_rate", Rate, [Figures], "Of those done (figure 6).";
    Late, "late", Count, [Figures], "Done late (figure 7).";
    LateRate, "late_rate", Rate, [Figures], "Of those done (figure 8).";
    Pending, "pending", Count, [Figures], "Pending (figure 9).";
    WithinDeadline, "within_deadline", Count, [Figures], "Pending within the deadline (figure 10).";
    WithinDeadlineRate, "within_deadline_rate", Rate, [Figures], "Of those pending (figure 11).";
    Overdue, "overdue", Count, [Figures], "Pending beyond the deadline (figure 12).";
    OverdueRate, "overdue_rate", Rate, [Figures], "Of those pending (figure 13).";
}

impl Target {
    /// The target of a stable name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|target| target.id() == id)
    }

    /// Whether one value may stand for all rows of a file.
    #[must_use]
    pub fn is_fixable(self) -> bool {
        matches!(
            self,
            Self::Unit
                | Self::Field
                | Self::Procedure
                | Self::Channel
                | Self::From
                | Self::To
                | Self::Year
                | Self::Month
                | Self::Quarter
                | Self::Period
        )
    }

    /// Whether a figure is read from it, without which a row of figures says nothing.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(self.kind(), Kind::Count | Kind::Rate)
            && self.is_of(What::Figures)
            && !matches!(self, Self::Year | Self::Month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_to_their_targets_and_serde_writes_them() {
        for target in Target::ALL {
            assert_eq!(Target::of_id(target.id()), Some(*target));
            let json = serde_json::to_string(target).expect("a name");
            assert_eq!(json, format!("\"{}\"", target.id()));
        }
    }
}
