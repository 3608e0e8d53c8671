//! What is wrong with a file, in words with what to do.

use crate::{messages, wire::WireError};
use pvhcc_domain::text::number;
use pvhcc_sources::files::table::{Encoding, Form, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS, TableError};

/// Why a file is not read.
pub(super) fn refused(name: &str, error: &TableError) -> WireError {
    let why = match error {
        TableError::Empty => "rỗng. Hãy chọn tệp khác".to_owned(),
        TableError::TooLarge => "lớn hơn 2 GB nên không nhận. Hãy tách thành nhiều tệp theo kỳ".to_owned(),
        TableError::Bomb => {
            "giải nén ra quá lớn, hoặc có ô dài bất thường, nên không mở. Hãy mở bằng Excel, chỉ giữ bảng số liệu rồi lưu lại"
                .to_owned()
        }
        TableError::OldWorkbook => "là Excel đời cũ (.xls). Hãy mở bằng Excel rồi lưu lại dạng XLSX".to_owned(),
        TableError::Protected => "có mật khẩu. Hãy bỏ mật khẩu trong Excel rồi lưu lại".to_owned(),
        TableError::Page => {
            "thật ra là trang HTML/XML mang đuôi Excel. Hãy mở bằng Excel rồi chọn Lưu thành, dạng XLSX".to_owned()
        }
        TableError::Foreign(what) => format!("là {what}, không phải bảng. Hãy lưu lại dạng XLSX, CSV hoặc JSON"),
        TableError::Unknown => "không phải XLSX, CSV hay JSON. Hãy lưu lại dạng XLSX".to_owned(),
        TableError::Damaged(detail) => {
            tracing::info!(detail, "a file was refused");
            "bị hỏng hoặc không đúng dạng. Hãy mở bằng Excel rồi lưu lại".to_owned()
        }
        TableError::Legacy(script) => format!(
            "viết bằng bảng mã {}, đọc ra sẽ sai chữ nên không nhận. Hãy chuyển sang Unicode (UniKey: Ctrl+Shift+F6) rồi nhập lại",
            script.name()
        ),
        TableError::Encoding { line } => format!(
            "có dòng {line} không đọc được chữ. Hãy lưu lại dạng “CSV UTF-8”, hoặc chọn bảng mã Windows-1258 nếu tệp viết bằng bảng mã ấy"
        ),
        TableError::LongRow { after } => format!(
            "có dòng quá dài sau dòng {after}: thường là dấu nháy kép mở mà không đóng. Hãy sửa dòng ấy hoặc xuất lại tệp"
        ),
        TableError::TooWide { row } => {
            format!("có dòng {row} quá {MOST_TABLE_COLUMNS} cột. Hãy chỉ giữ bảng số liệu")
        }
        TableError::TooLong => format!(
            "có quá {} dòng. Hãy tách thành nhiều tệp theo kỳ",
            number(i64::try_from(MOST_TABLE_ROWS).unwrap_or(i64::MAX))
        ),
        TableError::Json { line, column, detail } => {
            tracing::info!(detail, "a JSON file was refused");
            format!("không đúng dạng JSON ở dòng {line}, ký tự {column}. Hãy xuất lại tệp")
        }
        TableError::NoRows => "không có danh sách đối tượng nào. Hãy dùng JSON là một mảng các đối tượng".to_owned(),
        TableError::Io(e) => format!("không đọc được: {e}. Hãy chọn lại tệp"),
    };
    messages::invalid("file", &format!("Tệp «{name}» {why}."))
}

/// `CSV · UTF-8 · dấu phẩy`.
pub(super) fn form(form: Form) -> String {
    let letters = |encoding: Encoding| match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1258 => "Windows-1258",
    };
    match form {
        Form::Xlsx => "XLSX".to_owned(),
        Form::Json { encoding } => format!("JSON · {}", letters(encoding)),
        Form::Csv { encoding, delimiter } => {
            let sign = match delimiter {
                b',' => "dấu phẩy",
                b';' => "dấu chấm phẩy",
                b'\t' => "dấu tab",
                b'|' => "gạch đứng",
                _ => "dấu riêng",
            };
            format!("CSV · {} · {sign}", letters(encoding))
        }
    }
}
