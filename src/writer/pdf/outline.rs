//! The outline (bookmarks): headings nested as in the text, each leading to its first line.

use lopdf::{Object, ObjectId, dictionary};

use super::objects::{Objects, text_string};
use super::points;
use super::structure::Levels;
use crate::layout::{OutlineEntry, PagedDocument};

/// One entry's neighbours.
#[derive(Clone, Copy, Default)]
struct Links {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// All entries below it.
    below: i64,
}

/// Adds the outline and gives its root; `None` when there are no headings.
pub(super) fn attach(objects: &mut Objects, document: &PagedDocument) -> Option<ObjectId> {
    let (entries, paper) = (&document.outline, document.paper);
    if entries.is_empty() || objects.pages().is_empty() {
        return None;
    }
    let (top, links) = link(entries);
    let root = objects.reserve();
    let ids: Vec<ObjectId> = entries.iter().map(|_| objects.reserve()).collect();
    let last_page = objects.pages().len() - 1;
    for ((entry, id), links) in entries.iter().zip(&ids).zip(&links) {
        let page = objects.pages()[entry.page.min(last_page)];
        // What is above the line on a turned page is to the left of it on the paper.
        let (x, y) = if document.pages.get(entry.page).is_some_and(|page| page.turned) {
            (entry.top, paper.turned().left)
        } else {
            (paper.left, paper.height - entry.top)
        };
        let destination = vec![
            page.into(),
            "XYZ".into(),
            points(x).into(),
            points(y).into(),
            // The reader's own magnification.
            Object::Null,
        ];
        let mut item = dictionary! {
            "Title" => text_string(&entry.text),
            "Parent" => links.parent.map_or(root, |parent| ids[parent]),
            "Dest" => destination,
        };
        for (key, neighbour) in [
            ("Prev", links.previous),
            ("Next", links.next),
            ("First", links.first),
            ("Last", links.last),
        ] {
            if let Some(neighbour) = neighbour {
                item.set(key, ids[neighbour]);
            }
        }
        if links.below > 0 {
            item.set("Count", links.below);
        }
        objects.set(*id, item);
    }
    let (first, last) = (top.first.unwrap_or(0), top.last.unwrap_or(0));
    objects.set(
        root,
        dictionary! {
            "Type" => "Outlines",
            "First" => ids[first],
            "Last" => ids[last],
            "Count" => entries.len() as i64,
        },
    );
    Some(root)
}

/// The neighbours of the root and of every entry.
fn link(entries: &[OutlineEntry]) -> (Links, Vec<Links>) {
    let mut top = Links::default();
    let mut links = vec![Links::default(); entries.len()];
    let mut levels = Levels::default();
    // The last entry of every level that is still open.
    let mut open: Vec<usize> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let level = levels.enter(entry.level);
        open.truncate(level - 1);
        for above in &open {
            links[*above].below += 1;
        }
        let parent = open.last().copied();
        open.push(index);
        links[index].parent = parent;
        let above = match parent {
            Some(parent) => &mut links[parent],
            None => &mut top,
        };
        let previous = above.last.replace(index);
        above.first.get_or_insert(index);
        links[index].previous = previous;
        if let Some(previous) = previous {
            links[previous].next = Some(index);
        }
    }
    (top, links)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Length;

    #[test]
    fn entries_hang_below_the_last_higher_one() {
        let entries: Vec<OutlineEntry> = [1, 2, 4, 4, 2, 1]
            .into_iter()
            .map(|level| OutlineEntry {
                text: String::new(),
                level,
                page: 0,
                top: Length::ZERO,
            })
            .collect();
        let (top, links) = link(&entries);
        let parents: Vec<Option<usize>> = links.iter().map(|links| links.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(1), Some(1), Some(0), None]);
        assert_eq!((top.first, top.last), (Some(0), Some(5)));
        assert_eq!((links[1].next, links[4].previous), (Some(4), Some(1)));
        assert_eq!((links[2].next, links[3].next), (Some(3), None));
        assert_eq!((links[0].below, links[1].below, links[5].below), (4, 2, 0));
        assert_eq!(links[0].next, Some(5));
    }
}
