//! The logical structure: what each stretch of the pages is, for screen readers, search and reuse.
//!
//! One structure element for each paragraph, also when it runs over several pages. Headings are numbered from H1 without
//! a gap, as PDF/UA-1 (7.4.2) asks, whatever levels the text skips.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::objects::Objects;
use crate::layout::Element;
use crate::model::Role;

/// A stretch of a page that belongs to one element.
pub(super) struct Mark {
    /// The index of its element.
    pub(super) element: usize,
    /// Its page, from 0.
    pub(super) page: usize,
    /// Its number on the page (MCID), from 0 without gaps.
    pub(super) number: usize,
}

/// The standard structure type of every element.
pub(super) fn types(elements: &[Element]) -> Vec<&'static str> {
    const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
    let mut levels = Levels::default();
    elements
        .iter()
        .map(|element| match heading_depth(element.role) {
            Some(depth) => HEADINGS[levels.enter(depth).min(HEADINGS.len()) - 1],
            None => "P",
        })
        .collect()
}

/// How deep a heading stands in the document: the title above the headings of the text.
fn heading_depth(role: Role) -> Option<u8> {
    match role {
        // An attachment (附件) is a text of its own, with a title and headings.
        Role::Title | Role::AttachmentTitle => Some(0),
        role => role.heading_level(),
    }
}

/// Levels without a gap for headings of any depth: the number of headings one stands below, plus one.
#[derive(Default)]
pub(super) struct Levels {
    open: Vec<u8>,
}

impl Levels {
    /// The level of the next heading, from 1.
    pub(super) fn enter(&mut self, depth: u8) -> usize {
        while self.open.last().is_some_and(|last| *last >= depth) {
            self.open.pop();
        }
        self.open.push(depth);
        self.open.len()
    }
}

/// Adds the structure tree; `marks` come in reading order. Gives its root.
pub(super) fn attach(objects: &mut Objects, types: &[&'static str], marks: &[Mark]) -> ObjectId {
    let root = objects.reserve();
    let document = objects.reserve();
    let mut ids: Vec<Option<ObjectId>> = vec![None; types.len()];
    let mut by_element: Vec<Vec<&Mark>> = vec![Vec::new(); types.len()];
    let mut by_page: Vec<Vec<Object>> = vec![Vec::new(); objects.pages().len()];
    for mark in marks {
        let id = *ids[mark.element].get_or_insert_with(|| objects.reserve());
        by_element[mark.element].push(mark);
        by_page[mark.page].push(id.into());
    }
    let mut children = Vec::with_capacity(types.len());
    for ((kind, id), marks) in types.iter().zip(ids).zip(&by_element) {
        // A paragraph without a glyph has no place in the tree.
        if let Some(id) = id {
            let element = structure_element(objects.pages(), kind, document, marks);
            objects.set(id, element);
            children.push(Object::Reference(id));
        }
    }
    objects.set(
        document,
        dictionary! { "S" => "Document", "P" => root, "K" => children },
    );

    let pages = by_page.len() as i64;
    let mut parents = Vec::with_capacity(2 * by_page.len());
    for (page, elements) in by_page.into_iter().enumerate() {
        parents.push(Object::Integer(page as i64));
        parents.push(objects.add(elements).into());
        if let Some(dictionary) = objects.page_mut(page) {
            dictionary.set("StructParents", page as i64);
        }
    }
    let parents = objects.add(dictionary! { "Nums" => parents });
    objects.set(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => document,
            "ParentTree" => parents,
            "ParentTreeNextKey" => pages,
        },
    );
    root
}

fn structure_element(pages: &[ObjectId], kind: &str, parent: ObjectId, marks: &[&Mark]) -> Dictionary {
    let mut element = dictionary! { "S" => kind, "P" => parent };
    let Some(first) = marks.first() else {
        return element;
    };
    element.set("Pg", pages[first.page]);
    // On the element's own page a bare number will do.
    let mut content: Vec<Object> = marks
        .iter()
        .map(|mark| {
            if mark.page == first.page {
                Object::Integer(mark.number as i64)
            } else {
                Object::Dictionary(
                    dictionary! { "Type" => "MCR", "Pg" => pages[mark.page], "MCID" => mark.number as i64 },
                )
            }
        })
        .collect();
    element.set(
        "K",
        if content.len() == 1 {
            content.remove(0)
        } else {
            Object::Array(content)
        },
    );
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types_of(roles: &[Role]) -> Vec<&'static str> {
        let elements: Vec<Element> = roles
            .iter()
            .map(|role| Element {
                role: *role,
                text: String::new(),
            })
            .collect();
        types(&elements)
    }

    #[test]
    fn headings_nest_below_the_title() {
        use Role::*;
        assert_eq!(
            types_of(&[
                Title, Byline, Heading1, Body, Heading2, Heading3, Heading4, RunIn, Heading1
            ]),
            ["H1", "P", "H2", "P", "H3", "H4", "H5", "P", "H2"]
        );
    }

    #[test]
    fn skipped_levels_leave_no_gap() {
        use Role::*;
        assert_eq!(types_of(&[Heading3, Heading1, Heading3]), ["H1", "H1", "H2"]);
        assert_eq!(
            types_of(&[Title, Heading3, Heading3, Heading2, AttachmentTitle, Heading1]),
            ["H1", "H2", "H2", "H2", "H1", "H2"]
        );
    }
}
