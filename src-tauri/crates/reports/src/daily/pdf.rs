//! The report as PDF: a Typst template over the paper as data, tagged, with its typeface in it.
//!
//! The template sees the paper and nothing else: no file, no network, no package, no clock.

use super::paper::Paper;
use crate::ReportError;
use chrono::{Datelike as _, Timelike as _};
use std::sync::LazyLock;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

const TEMPLATE: &str = include_str!("../../../../../assets/report/report.typ");

/// Times New Roman's widths under a free licence, and the typeface of the charts.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 6] = [
        include_bytes!("../../../../../assets/fonts/tinos/Tinos_400Regular.ttf"),
        include_bytes!("../../../../../assets/fonts/tinos/Tinos_400Regular_Italic.ttf"),
        include_bytes!("../../../../../assets/fonts/tinos/Tinos_700Bold.ttf"),
        include_bytes!("../../../../../assets/fonts/tinos/Tinos_700Bold_Italic.ttf"),
        include_bytes!("../../../../../assets/fonts/SourceSans3_400Regular.ttf"),
        include_bytes!("../../../../../assets/fonts/SourceSans3_600SemiBold.ttf"),
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

impl Paper {
    /// The whole report as PDF, tagged, with text that can be searched and copied. The same paper gives the same bytes.
    ///
    /// # Errors
    /// When the template cannot be set, which is a fault of the program and not of the paper.
    pub fn pdf(&self) -> Result<Vec<u8>, ReportError> {
        let only = OnlyThis::of(self)?;
        let set = typst::compile::<PagedDocument>(&only);
        let file = set.output.and_then(|document| {
            let options = PdfOptions {
                creator: Smart::Custom(None),
                timestamp: self.timestamp(),
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&document, &options)
        });
        // What was kept to set the same text again would stay for good; a report is made a few times a day.
        comemo::evict(0);
        file.map_err(|errors| ReportError::Pdf(said(&errors)))
    }

    fn timestamp(&self) -> Option<Timestamp> {
        let at = chrono::DateTime::from_timestamp_millis(self.at.0)?;
        let part = |n: u32| u8::try_from(n).ok();
        let time = Datetime::from_ymd_hms(
            at.year(),
            part(at.month())?,
            part(at.day())?,
            part(at.hour())?,
            part(at.minute())?,
            part(at.second())?,
        )?;
        Some(Timestamp::new_utc(time))
    }
}

fn said(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// Everything that the template can see.
struct OnlyThis {
    main: Source,
    paper_id: FileId,
    paper: Bytes,
}

impl OnlyThis {
    fn of(paper: &Paper) -> Result<Self, ReportError> {
        let main = Source::new(place("report.typ")?, TEMPLATE.to_owned());
        let paper = serde_json::to_vec(paper).map_err(|e| ReportError::Pdf(e.to_string()))?;
        Ok(Self { main, paper_id: place("paper.json")?, paper: Bytes::new(paper) })
    }
}

/// The same name is the same place each time: places are never given back.
fn place(name: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(name).map_err(|e| ReportError::Pdf(e.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for OnlyThis {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.paper_id { Ok(self.paper.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
