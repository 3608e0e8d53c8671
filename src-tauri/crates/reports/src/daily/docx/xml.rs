//! XML as it is needed here: elements that are always closed, and texts that are always escaped.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// The namespaces of a document and what belongs to it.
pub(super) const SPACES: [(&str, &str); 5] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// A part of the package while it is written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A part with one root.
    pub(super) fn part(root: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut xml = Self(Writer::new(Vec::with_capacity(64 * 1024)));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml.element(root, attributes, inside);
        xml.0.into_inner()
    }

    /// An element with what is in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.event(Event::Start(start(name, attributes)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// `w:name` with one value.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Text; letters that XML does not have are left out.
    pub(super) fn text(&mut self, text: &str) {
        let clean: String = text.chars().filter(|c| lawful(*c)).collect();
        self.event(Event::Text(BytesText::new(&clean)));
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing into memory cannot fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&'a str, &'a str)]) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}

/// Letters that XML 1.0 has; a carriage return would have to be spelled out.
fn lawful(c: char) -> bool {
    matches!(c, '\t' | '\n') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped_and_letters_that_xml_has_not_are_left_out() {
        let part = Xml::part("r", &[("a", "\"1\" < 2")], |xml| xml.text("a < b & \u{b}c\u{ffff}d"));
        let part = String::from_utf8(part).expect("UTF-8");
        assert!(part.ends_with("<r a=\"&quot;1&quot; &lt; 2\">a &lt; b &amp; cd</r>"), "{part}");
    }
}
