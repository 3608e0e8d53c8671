//! One version of a dossier as a source reports it, with its codes (domain.md §1.6, §1.8).

use crate::time::Ms;
use serde::{Deserialize, Serialize};

/// How a dossier was handed in (`KenhThucHien`, domain.md §1.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 1: in person.
    Direct,
    /// 2: online.
    Online,
    /// 3: by public post (BCCI); counted with those in person, as column 5 of form II.06a does.
    Postal,
}

impl Channel {
    /// The channel of a code 1–3.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Direct, Self::Online, Self::Postal].get(usize::from(code).checked_sub(1)?).copied()
    }

    /// The code 1–3.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The stable name used in cells and files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Online => "online",
            Self::Postal => "postal",
        }
    }
}

/// State of a dossier as the source codes it (`TrangThaiHoSo`, domain.md §1.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 1: mới đăng ký.
    Registered,
    /// 2: được tiếp nhận.
    Accepted,
    /// 3: không được tiếp nhận.
    Refused,
    /// 4: đang xử lý.
    Processing,
    /// 5: yêu cầu bổ sung giấy tờ.
    SupplementAsked,
    /// 6: yêu cầu thực hiện nghĩa vụ tài chính.
    PaymentAsked,
    /// 7: công dân yêu cầu rút hồ sơ.
    Withdrawn,
    /// 8: dừng xử lý.
    Stopped,
    /// 9: đã xử lý xong.
    Finished,
    /// 10: đã trả kết quả.
    Delivered,
}

/// What a status means for statistics (domain.md §1.8, §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusClass {
    /// 1, 3: never accepted; in no figure.
    Excluded,
    /// 2, 4, 8: pending.
    Open,
    /// 5, 6: pending, waiting for the citizen; within the deadline meanwhile.
    Waiting,
    /// 7: done, counted as on time.
    Withdrawn,
    /// 9, 10: done.
    Finished,
}

impl Status {
    /// All ten, by code.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::Accepted,
        Self::Refused,
        Self::Processing,
        Self::SupplementAsked,
        Self::PaymentAsked,
        Self::Withdrawn,
        Self::Stopped,
        Self::Finished,
        Self::Delivered,
    ];

    /// The status of a code 1–10.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code).checked_sub(1)?).copied()
    }

    /// The code 1–10.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8 + 1
    }

    /// How it is counted.
    #[must_use]
    pub fn class(self) -> StatusClass {
        match self {
            Self::Registered | Self::Refused => StatusClass::Excluded,
            Self::Accepted | Self::Processing | Self::Stopped => StatusClass::Open,
            Self::SupplementAsked | Self::PaymentAsked => StatusClass::Waiting,
            Self::Withdrawn => StatusClass::Withdrawn,
            Self::Finished | Self::Delivered => StatusClass::Finished,
        }
    }
}

/// What one source said of one dossier between two moments. `None` is "not told", never a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Code of the system that reports it.
    pub system: String,
    /// `MaHoSo`; with the system it names the dossier.
    pub code: String,
    /// `MaTTHC`.
    pub procedure: Option<String>,
    /// `MaLinhVuc`.
    pub field: Option<String>,
    /// Code of the unit that handles it.
    pub unit: Option<String>,
    /// `KenhThucHien`.
    pub channel: Option<Channel>,
    /// `NgayTiepNhan`.
    pub received_at: Option<Ms>,
    /// `NgayHenTra`, the appointment.
    pub due_at: Option<Ms>,
    /// `NgayKetThucXuLy`.
    pub finished_at: Option<Ms>,
    /// `TrangThaiHoSo`.
    pub status: Option<Status>,
    /// From when the source was seen to say so.
    pub valid_from: Ms,
    /// Until when, exclusive; `None` is still. Without a later version the source no longer has the dossier.
    pub valid_to: Option<Ms>,
}

impl Version {
    /// Whether this was what the source was known to say at that moment.
    #[must_use]
    pub fn is_valid_at(&self, at: Ms) -> bool {
        self.valid_from <= at && self.valid_to.is_none_or(|to| at < to)
    }
}
