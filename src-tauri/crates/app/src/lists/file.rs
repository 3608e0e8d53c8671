//! Files on their way in: their bytes, their sheets, and what is wrong with them in words.

use crate::{
    messages,
    wire::{FileInput, WireError},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_domain::{
    annex::{FileRefused, Grid},
    text::nfc,
};
use pvhcc_sources::files::{self, FileError, MOST_BYTES, MOST_COLUMNS, MOST_ROWS};

/// A file as it came.
pub(crate) struct Carried {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) sheets: Vec<Grid>,
}

/// Reads the bytes and the sheets of a file.
pub(crate) async fn open(input: &FileInput) -> Result<Carried, WireError> {
    let name = nfc(input.name.rsplit(['/', '\\']).next().unwrap_or_default().trim());
    let name = if name.is_empty() { "tep".to_owned() } else { name };
    // Four characters carry three bytes: what is too long is not even decoded.
    if input.content.len() / 4 > MOST_BYTES / 3 + 1 {
        return Err(refused(&name, &FileError::TooLarge));
    }
    let bytes = STANDARD.decode(&input.content).map_err(|_| {
        messages::invalid("file", &format!("Nội dung tệp «{name}» gửi lên không đọc được. Hãy chọn lại tệp."))
    })?;
    let read = move || (files::read(&bytes), bytes);
    let (sheets, bytes) = tokio::task::spawn_blocking(read).await.map_err(|_| {
        // The reader gave up on what no program writes.
        refused(&name, &FileError::Damaged("unreadable".into()))
    })?;
    Ok(Carried { sheets: sheets.map_err(|e| refused(&name, &e))?, name, bytes })
}

/// What is wrong with a file, and what to do.
fn refused(name: &str, error: &FileError) -> WireError {
    let why = match error {
        FileError::Empty => "rỗng. Hãy chọn tệp khác".to_owned(),
        FileError::TooLarge => format!("lớn hơn {} MB. Hãy chỉ gửi bảng nhiệm vụ", MOST_BYTES / 1024 / 1024),
        FileError::Bomb => "giải nén ra quá lớn nên không mở. Hãy lưu lại thành tệp XLSX mới".to_owned(),
        FileError::OldOrProtected => {
            "là Excel đời cũ (.xls) hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại dạng XLSX".to_owned()
        }
        FileError::Unknown => "không phải XLSX hay CSV. Hãy lưu lại dạng XLSX".to_owned(),
        FileError::Damaged(detail) => {
            tracing::info!(detail, "a file was refused");
            "bị hỏng hoặc không đúng dạng XLSX. Hãy mở bằng Excel rồi lưu lại".to_owned()
        }
        FileError::TooManyCells { sheet } => {
            let where_ =
                if sheet.is_empty() { String::new() } else { format!(", trang tính “{sheet}”,") };
            format!("{where_} có quá {MOST_ROWS} dòng hoặc {MOST_COLUMNS} cột. Hãy chỉ gửi bảng nhiệm vụ")
        }
        FileError::NotUnicode { line } => {
            format!("có dòng {line} không phải UTF-8. Hãy lưu lại dạng “CSV UTF-8” hoặc XLSX")
        }
    };
    messages::invalid("file", &format!("Tệp «{name}» {why}."))
}

/// What is wrong with the table of a file.
pub(super) fn no_table(name: &str, refused: &FileRefused) -> WireError {
    let why = match refused {
        FileRefused::NoHeadings => {
            "không có dòng tiêu đề với cột TT trong 30 dòng đầu. Hãy dùng tệp xuất từ chương trình làm mẫu".to_owned()
        }
        FileRefused::TwoColumns { heading, first, second } => {
            format!("có hai cột “{heading}” (ô {first} và {second}). Hãy bỏ bớt một cột")
        }
        FileRefused::NoProgress => {
            "không có cột nào về tiến độ (Trạng thái, Ngày xong, Ghi chú…). Hãy dùng tệp xuất từ chương trình làm mẫu"
                .to_owned()
        }
    };
    messages::invalid("file", &format!("Tệp «{name}» {why}."))
}
