//! LibreOffice and poppler, on files in a folder.

use std::{path::Path, process::Command};

/// Writes a file into a folder and gives what LibreOffice makes of it. Its own profile stands in the folder, so that nobody's
/// settings count, and it has the typeface that has the widths of Times New Roman, so that no machine's typefaces do.
pub(crate) fn office(folder: &Path, file: &str, bytes: &[u8], to: &str) -> Vec<u8> {
    std::fs::write(folder.join(file), bytes).expect("written");
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/fonts/tinos");
    let known = folder.join("fonts.conf");
    let alias = "<alias binding=\"same\"><family>Times New Roman</family><prefer><family>Tinos</family></prefer></alias>";
    let cache = folder.join("fonts").display().to_string();
    std::fs::write(
        &known,
        format!("<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>{alias}</fontconfig>"),
    )
    .expect("written");
    let output = Command::new("soffice")
        .env("FONTCONFIG_FILE", &known)
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join(file))
        .output()
        .unwrap_or_else(|e| panic!("soffice is needed (Debian: libreoffice-writer-nogui): {e}"));
    let extension = to.split(':').next().expect("an extension");
    let made = folder.join("out").join(file).with_extension(extension);
    std::fs::read(&made)
        .unwrap_or_else(|e| panic!("{}: {e}; {}", made.display(), String::from_utf8_lossy(&output.stderr)))
}

/// What a tool of poppler says of a PDF.
pub(crate) fn poppler(tool: &str, args: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).expect("written");
    let mut command = Command::new(tool);
    command.args(args).arg(&file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|e| panic!("{tool} is needed (Debian: poppler-utils): {e}"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    // What is told of the structure is cut anywhere, also within a letter.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of each page, its lines and blanks squeezed to single blanks.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let text = poppler("pdftotext", &[], pdf);
    let mut pages: Vec<String> =
        text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    // Each page ends with a form feed.
    pages.pop();
    pages
}

/// A word on a page, points from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// A page with its size in points and its words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) words: Vec<Word>,
}

/// Where every word of a PDF stands.
pub(crate) fn places(pdf: &[u8]) -> Vec<Page> {
    fn value(line: &str, name: &str) -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).expect("an attribute");
        rest.split('"').next().and_then(|v| v.parse().ok()).expect("a number")
    }
    let mut pages: Vec<Page> = Vec::new();
    for line in poppler("pdftotext", &["-bbox"], pdf).lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page {
                width: value(line, "width"),
                height: value(line, "height"),
                words: Vec::new(),
            });
        } else if line.starts_with("<word ") {
            let text = line.split('>').nth(1).and_then(|t| t.split('<').next()).unwrap_or_default();
            let word = Word {
                text: text.into(),
                left: value(line, "xMin"),
                top: value(line, "yMin"),
                right: value(line, "xMax"),
                bottom: value(line, "yMax"),
            };
            pages.last_mut().expect("a page").words.push(word);
        }
    }
    pages
}

/// Points in a millimetre.
pub(crate) const POINTS: f64 = 72.0 / 25.4;

/// That text keeps to the margins of the decree: 20 mm above and below, 30 mm at the left, 20 mm (across: 15 mm) at the
/// right; above is only the number of the page, below only the foot.
pub(crate) fn assert_margins(pages: &[Page], training: bool) {
    for (at, page) in pages.iter().enumerate() {
        let across = page.width > page.height;
        let (short, long) = (210.0 * POINTS, 297.0 * POINTS);
        let (width, height) = if across { (long, short) } else { (short, long) };
        assert!((page.width - width).abs() < 1.0 && (page.height - height).abs() < 1.0, "page {at} is A4");
        let right = page.width - if across { 15.0 } else { 20.0 } * POINTS;
        let (above, below) = (20.0 * POINTS, page.height - 20.0 * POINTS);
        for word in &page.words {
            let said = format!("page {at}: {word:?}");
            // The mark of the training profile stands behind the text, where it will.
            if training && word.bottom - word.top > 40.0 {
                continue;
            }
            assert!(word.left > 30.0 * POINTS - 1.0 && word.right < right + 1.0, "{said}");
            // The box of a word is as high as the tallest letter of its typeface.
            let head = word.bottom < above + 2.0;
            let foot = word.top > below - 2.0;
            assert!(head || foot || (word.top > above - 4.0 && word.bottom < below + 6.0), "{said}");
            if head && !training {
                assert!(word.text.parse::<u32>().is_ok_and(|n| n > 1), "{said}: only a number stands above");
                let middle = f64::midpoint(30.0 * POINTS, right);
                assert!((f64::midpoint(word.left, word.right) - middle).abs() < 2.0, "{said}: in the middle");
            }
        }
    }
}
