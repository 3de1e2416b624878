//! The logical structure: what each stretch of the pages is, for screen readers, search and reuse.
//!
//! One structure element for each paragraph, also when it runs over several pages; tables with their rows and cells, the
//! first row as headers of the columns. Headings are numbered from H1 without a gap, as PDF/UA-1 (7.4.2) asks, whatever
//! levels the text skips.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::objects::Objects;
use crate::layout::{Element, PagedDocument, TableElements};
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
pub(super) fn types(document: &PagedDocument) -> Vec<&'static str> {
    let mut types = paragraph_types(&document.elements);
    for table in &document.tables {
        let head = table.first..table.first + table.columns;
        types[table.elements()].fill(CELL);
        types[head].fill(HEAD_CELL);
    }
    types
}

/// A cell of a table's head.
const HEAD_CELL: &str = "TH";
/// Any other cell of a table.
const CELL: &str = "TD";

fn paragraph_types(elements: &[Element]) -> Vec<&'static str> {
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
pub(super) fn attach(
    objects: &mut Objects,
    types: &[&'static str],
    tables: &[TableElements],
    marks: &[Mark],
) -> ObjectId {
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
    let mut tables = tables.iter().peekable();
    let mut index = 0;
    while index < types.len() {
        if let Some(table) = tables.next_if(|table| table.first == index) {
            let cells = table.elements();
            index = cells.end;
            let cells = types[cells.clone()]
                .iter()
                .zip(&ids[cells.clone()])
                .zip(&by_element[cells]);
            let cells: Vec<ObjectId> = cells
                .map(|((kind, id), marks)| {
                    // An empty cell has its place too: rows must not differ in their columns.
                    let id = id.unwrap_or_else(|| objects.reserve());
                    let cell = structure_element(objects.pages(), kind, document, marks);
                    objects.set(id, cell);
                    id
                })
                .collect();
            children.push(attach_table(objects, document, &cells, table.columns).into());
            continue;
        }
        // A paragraph without a glyph has no place in the tree.
        if let Some(id) = ids[index] {
            let element = structure_element(objects.pages(), types[index], document, &by_element[index]);
            objects.set(id, element);
            children.push(Object::Reference(id));
        }
        index += 1;
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

/// Adds a table and its rows around its cells.
fn attach_table(objects: &mut Objects, parent: ObjectId, cells: &[ObjectId], columns: usize) -> ObjectId {
    let table = objects.reserve();
    let rows: Vec<Object> = cells
        .chunks(columns.max(1))
        .map(|cells| {
            let row = objects.reserve();
            for cell in cells {
                objects.set_key(*cell, "P", row);
            }
            let cells: Vec<Object> = cells.iter().map(|cell| Object::Reference(*cell)).collect();
            objects.set(row, dictionary! { "S" => "TR", "P" => table, "K" => cells });
            row.into()
        })
        .collect();
    objects.set(table, dictionary! { "S" => "Table", "P" => parent, "K" => rows });
    table
}

fn structure_element(pages: &[ObjectId], kind: &str, parent: ObjectId, marks: &[&Mark]) -> Dictionary {
    let mut element = dictionary! { "S" => kind, "P" => parent };
    if kind == HEAD_CELL {
        // What it is the header of: every cell below it (PDF/UA-1, 7.5).
        element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
    }
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
        paragraph_types(&elements)
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
