//! A dossier with every field of the allow-list (design §3), as one source tells it at one moment.
//!
//! Codes are kept as told, wrong ones too: judging them is a matter of data quality (domain.md §1.7), not of reading.

use super::{Channel, Status, Version};
use crate::time::Ms;
use serde::{Deserialize, Serialize};

/// Online service that a procedure has (NĐ 42/2022, domain.md §3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceLevel {
    /// Toàn trình: everything online.
    Full,
    /// Một phần: something online.
    Partial,
    /// Not offered online.
    None,
}

/// Whether a dossier was paid online (`DuocThanhToanTrucTuyen`, domain.md §1.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// 1: through the portal.
    Portal,
    /// 2: through the system's own gate.
    Own,
    /// 0 or 3: not online.
    NotOnline,
}

/// What one source says of one dossier. `None` is "not told", never a default; nothing in it is about a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Record {
    /// Code of the system that handles it: `tinh`, `bo`, `bo.<ministry>`, `cong`. What comes after a dot is part of what
    /// stands before it.
    pub system: String,
    /// `MaHoSo`.
    pub code: String,
    /// The source's own id of the record. Two records may have one code, which is a fault.
    pub record: String,
    /// `MaTTHC`.
    pub procedure: Option<String>,
    /// `MaLinhVuc`.
    pub field: Option<String>,
    /// `DonViXuLy`: code of the unit on the portal, `H21.17`.
    pub unit: Option<String>,
    /// Online service of the procedure.
    pub service_level: Option<ServiceLevel>,
    /// `KenhThucHien`, 1–3 when right; see [`Record::channel`].
    pub channel_code: Option<u8>,
    /// `TrangThaiHoSo`, 1–10 when right; see [`Record::status`].
    pub status_code: Option<u8>,
    /// `NgayNopHoSo`.
    pub submitted_at: Option<Ms>,
    /// `NgayTiepNhan`.
    pub received_at: Option<Ms>,
    /// `NgayHenTra`, the appointment.
    pub due_at: Option<Ms>,
    /// `NgayKetThucXuLy`.
    pub finished_at: Option<Ms>,
    /// `NgayTra`.
    pub returned_at: Option<Ms>,
    /// `HoSoCoThanhPhanSoHoa`.
    pub digitised: Option<bool>,
    /// `DuocTaiSuDung`: some paper came from a store of papers.
    pub reused: Option<bool>,
    /// Whether the result is electronic; nothing before there is one.
    pub electronic_result: Option<bool>,
    /// Fees and charges in đồng; 0 is none.
    pub fee: Option<u64>,
    /// `DuocThanhToanTrucTuyen`.
    pub payment: Option<Payment>,
    /// How often papers were asked for.
    pub supplements: Option<u16>,
    /// When the source last changed it.
    pub changed_at: Option<Ms>,
}

impl Record {
    /// How it was handed in; `None` when that is not told, or told wrong.
    #[must_use]
    pub fn channel(&self) -> Option<Channel> {
        self.channel_code.and_then(Channel::from_code)
    }

    /// Its state; `None` when that is not told, or told wrong.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.status_code.and_then(Status::from_code)
    }

    /// The part that figures are counted from, as known between two moments.
    #[must_use]
    pub fn version(&self, valid_from: Ms, valid_to: Option<Ms>) -> Version {
        Version {
            system: self.system.clone(),
            code: self.code.clone(),
            procedure: self.procedure.clone(),
            field: self.field.clone(),
            unit: self.unit.clone(),
            channel: self.channel(),
            received_at: self.received_at,
            due_at: self.due_at,
            finished_at: self.finished_at,
            status: self.status(),
            valid_from,
            valid_to,
        }
    }
}
