//! The rules: what each is called, why it matters, and who can mend what it finds.

use serde::{Deserialize, Serialize};

/// Who can put a record right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mender {
    /// The unit that handles the dossier.
    Unit,
    /// The operator of the system that tells the record.
    System,
    /// Who keeps the catalogue of procedures and units.
    Catalogue,
}

/// What a rule says to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// In a few words: `Không có ngày tiếp nhận`.
    pub name: &'static str,
    /// Which figure it breaks, and how.
    pub why: &'static str,
    /// What to do about a record.
    pub mend: &'static str,
    /// Who does it.
    pub mender: Mender,
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $variant:ident $id:literal $mender:ident $name:literal $why:literal $mend:literal;)*) => {
        /// A rule of data quality.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Rule {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Rule {
            /// All of them, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name used in files, on the command line and by the window.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }

            /// What it says to people.
            #[must_use]
            pub fn about(self) -> About {
                match self {
                    $(Self::$variant => About { name: $name, why: $why, mend: $mend, mender: Mender::$mender }),*
                }
            }
        }
    };
}

rules! {
    /// Accepted, without a day of receipt.
    NoReceivedDate "no_received_date" Unit "Không có ngày tiếp nhận"
        "Hồ sơ không vào số nhận trong kỳ và mọi số sau đó; tổng nhận thấp hơn thực tế."
        "Bổ sung ngày tiếp nhận theo giấy tiếp nhận và hẹn trả.";
    /// Received after the source told it.
    ReceivedInFuture "received_in_future" Unit "Ngày tiếp nhận ở tương lai"
        "Hồ sơ chưa được tính vào kỳ nào; số nhận trong kỳ thấp hơn thực tế."
        "Sửa ngày tiếp nhận theo giấy tiếp nhận và hẹn trả.";
    /// A code that another record of the system has too.
    DuplicateCode "duplicate_code" System "Trùng mã hồ sơ"
        "Một hồ sơ có nhiều bản ghi; số nhận và số xử lý có thể bị tính hai lần. Chỉ bản ghi đầu được tính."
        "Gộp các bản ghi cùng mã, hoặc cấp lại mã cho bản ghi sau.";
    /// Done before it was received.
    FinishedBeforeReceived "finished_before_received" Unit "Kết thúc trước khi tiếp nhận"
        "Không xếp được vào đã xử lý hay chưa xử lý; đã xử lý cộng chưa xử lý nhỏ hơn tổng số."
        "Sửa ngày kết thúc xử lý hoặc ngày tiếp nhận.";
    /// The status says done, no date does.
    FinishedWithoutDate "finished_without_date" Unit "Đã xong nhưng không có ngày kết thúc"
        "Không tính được đúng hẹn hay trễ hẹn; đã xử lý cộng chưa xử lý nhỏ hơn tổng số."
        "Bổ sung ngày kết thúc xử lý.";
    /// Done after the source told it.
    FinishedInFuture "finished_in_future" Unit "Ngày kết thúc ở tương lai"
        "Hồ sơ đã xong vẫn bị tính là chưa xử lý, rồi quá hạn; số tồn cao hơn thực tế."
        "Sửa ngày kết thúc xử lý.";
    /// A date of the end, and a status that says it goes on.
    FinishedButOpen "finished_but_open" Unit "Có ngày kết thúc nhưng trạng thái chưa xong"
        "Hồ sơ đã xong vẫn bị tính là chưa xử lý; số tồn và số quá hạn cao hơn thực tế."
        "Chuyển trạng thái sang đã xử lý xong, hoặc xóa ngày kết thúc.";
    /// Handed over before it was done.
    ReturnedBeforeFinished "returned_before_finished" Unit "Trả kết quả trước khi kết thúc"
        "Ngày kết thúc ghi muộn hơn thực tế làm hồ sơ dễ thành trễ hẹn; tỷ lệ đúng hạn thấp đi."
        "Sửa ngày kết thúc xử lý hoặc ngày trả kết quả.";
    /// Handed over after the source told it.
    ReturnedInFuture "returned_in_future" Unit "Ngày trả kết quả ở tương lai"
        "Thời gian từ khi xong đến khi trả không tính được."
        "Sửa ngày trả kết quả.";
    /// Accepted, without an appointment.
    MissingDeadline "missing_deadline" Unit "Không có ngày hẹn trả"
        "Hồ sơ luôn được tính đúng hẹn hoặc trong hạn; tỷ lệ đúng hạn cao hơn thực tế."
        "Bổ sung ngày hẹn trả theo giấy tiếp nhận và hẹn trả.";
    /// Due before it was received.
    DeadlineBeforeReceived "deadline_before_received" Unit "Hẹn trả trước ngày tiếp nhận"
        "Hồ sơ bị tính quá hạn hoặc trễ hẹn ngay khi tiếp nhận; tỷ lệ đúng hạn thấp hơn thực tế."
        "Sửa ngày hẹn trả.";
    /// Due more than two years after receipt.
    DeadlineTooFar "deadline_too_far" Unit "Hẹn trả quá xa"
        "Hẹn trả sau ngày tiếp nhận quá hai năm, thường do gõ nhầm năm; hồ sơ không bao giờ bị tính quá hạn."
        "Kiểm tra lại năm của ngày hẹn trả.";
    /// Handed in after it was received.
    SubmittedAfterReceived "submitted_after_received" System "Nộp sau khi tiếp nhận"
        "Thời gian chờ tiếp nhận ra số âm; một trong hai ngày sai thì số nhận theo kỳ có thể sai."
        "Kiểm tra ngày nộp và ngày tiếp nhận do hệ thống ghi.";
    /// A date before the year 2000 or beyond all calendars.
    AbsurdDate "absurd_date" System "Ngày ngoài mọi lịch"
        "Ngày trước năm 2000 hoặc sau năm 2179 không xếp được vào kỳ nào; hồ sơ ra khỏi các số liệu."
        "Sửa ngày; thường do chuyển đổi dữ liệu từ tệp.";
    /// No unit told.
    NoUnit "no_unit" System "Không có đơn vị xử lý"
        "Hồ sơ không vào số liệu của đơn vị nào; tổng các đơn vị nhỏ hơn số toàn tỉnh."
        "Bổ sung mã đơn vị xử lý.";
    /// A unit that is in no list.
    UnknownUnit "unknown_unit" Catalogue "Đơn vị không có trong danh mục"
        "Hồ sơ không vào số liệu của đơn vị nào; tổng các đơn vị nhỏ hơn số toàn tỉnh."
        "Sửa mã đơn vị, hoặc đề nghị bổ sung đơn vị vào danh mục.";
    /// No procedure told.
    NoProcedure "no_procedure" Unit "Không có mã thủ tục"
        "Hồ sơ không vào số liệu theo thủ tục và các tỷ lệ tính theo thủ tục."
        "Bổ sung mã thủ tục hành chính.";
    /// A procedure that is in no catalogue.
    UnknownProcedure "unknown_procedure" Catalogue "Thủ tục không có trong danh mục"
        "Hồ sơ không vào số liệu theo thủ tục; tỷ lệ thủ tục có phát sinh hồ sơ sai."
        "Sửa mã thủ tục, hoặc đề nghị công khai thủ tục trong cơ sở dữ liệu quốc gia.";
    /// No field told.
    NoField "no_field" System "Không có lĩnh vực"
        "Hồ sơ không vào số liệu theo lĩnh vực và biểu II.06a."
        "Bổ sung mã lĩnh vực của thủ tục.";
    /// No status, or one outside 1–10.
    BadStatus "bad_status" System "Trạng thái không hợp lệ"
        "Không biết hồ sơ đã xong hay chưa; đã xử lý cộng chưa xử lý nhỏ hơn tổng số."
        "Sửa trạng thái theo bảng mã 1–10 của Cổng DVCQG.";
    /// No channel, or one outside 1–3.
    BadChannel "bad_channel" System "Kênh thực hiện không hợp lệ"
        "Trực tuyến cộng trực tiếp nhỏ hơn số nhận; tỷ lệ hồ sơ trực tuyến sai."
        "Sửa kênh thực hiện: 1 trực tiếp, 2 trực tuyến, 3 bưu chính.";
    /// Online, though the procedure has no online service.
    OnlineWithoutService "online_without_service" Unit "Nộp trực tuyến ở thủ tục không có dịch vụ công trực tuyến"
        "Tỷ lệ hồ sơ trực tuyến cao hơn thực tế; Cổng có thể loại khi chấm điểm."
        "Sửa kênh thực hiện, hoặc cập nhật mức độ dịch vụ của thủ tục.";
    /// A code that does not look like a MaHoSo.
    BadCode "bad_code" System "Mã hồ sơ sai mẫu"
        "Không đối chiếu được hồ sơ giữa các hệ thống; hồ sơ có thể bị coi là thiếu trên Cổng."
        "Cấp mã theo mẫu: mã đơn vị, ngày, số thứ tự (H21.17-260529-01234).";
}

impl Rule {
    /// The rule with this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.as_str() == id)
    }
}

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules(u32);

impl Rules {
    /// No rule.
    pub const NONE: Self = Self(0);

    /// Whether the rule is in the set.
    #[must_use]
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }

    /// Puts a rule in.
    pub fn insert(&mut self, rule: Rule) {
        self.0 |= 1 << rule as u32;
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Those of the set, in the order shown.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(move |rule| self.contains(*rule))
    }
}
