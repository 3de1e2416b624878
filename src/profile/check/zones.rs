//! The parts of a profile that stand at places of their own, checked.

use super::{ProfileError, need};
use crate::profile::written::{
    WrittenAttendance, WrittenDocumentHead, WrittenImprint, WrittenRule, WrittenSignature,
};
use crate::profile::{Attendance, Grid, Head, ImprintZone, Page, Rule, SignatureZone};
use crate::units::{Chars, Length, Lines};

pub(super) fn head(
    written: WrittenDocumentHead,
    rule: WrittenRule,
    foot_rule: WrittenRule,
    page: &Page,
) -> Result<Head, ProfileError> {
    let mark_top = need(written.mark_top, "document_head.mark_top")?;
    if !(Length::ZERO..page.height - page.bottom).contains(&mark_top) {
        return Err(ProfileError::impossible(
            "document_head.mark_top",
            "应在纸上、下边距之上",
            "on the paper, above its bottom margin",
        ));
    }
    let size = |length: Option<Length>, key| {
        let length = need(length, key)?;
        if length < Length::mm(10) {
            return Err(ProfileError::impossible(key, "至少 10mm", "at least 10mm"));
        }
        Ok(length)
    };
    let gap = |length: Option<Length>, key| {
        let gap = need(length, key)?;
        if (Length::ZERO..=Length::mm(50)).contains(&gap) {
            Ok(gap)
        } else {
            Err(ProfileError::impossible(
                key,
                "应在 0mm 与 50mm 之间",
                "must be between 0mm and 50mm",
            ))
        }
    };
    Ok(Head {
        needs_mark: need(written.needs_mark, "document_head.needs_mark")?,
        mark_top,
        mark_width: size(written.mark_width, "document_head.mark_width")?.min(page.width),
        mark_height: size(written.mark_height, "document_head.mark_height")?.min(page.height),
        mark_ending: need(written.mark_ending, "document_head.mark_ending")?,
        fields: need(written.fields, "document_head.fields")?,
        number: need(written.number, "document_head.number")?,
        number_gap: lines(written.number_gap, "document_head.number_gap")?,
        text_gap: lines(written.text_gap, "document_head.text_gap")?,
        fields_gap: gap(written.fields_gap, "document_head.fields_gap")?,
        foot_gap: gap(written.foot_gap, "document_head.foot_gap")?,
        signatory_font: need(written.signatory_font, "document_head.signatory_font")?,
        page_number: need(written.page_number, "document_head.page_number")?,
        rule: self::rule(rule, page, "head_rule")?,
        foot_rule: self::rule(foot_rule, page, "foot_rule")?,
    })
}

fn rule(written: WrittenRule, page: &Page, table: &str) -> Result<Rule, ProfileError> {
    let key = |key: &str| format!("{table}.{key}");
    let length = |length: Option<Length>, name: &str, most: Length| {
        let length = need(length, &key(name))?;
        if (Length::ZERO..=most).contains(&length) {
            Ok(length)
        } else {
            Err(ProfileError::impossible(
                &key(name),
                format!("应在 0mm 与 {:.0}mm 之间", most.to_mm()),
                format!("must be between 0mm and {:.0}mm", most.to_mm()),
            ))
        }
    };
    let thickness = [(written.upper, "upper"), (written.lower, "lower")]
        .into_iter()
        .map(|(line, name)| length(line, name, Length::mm(5)))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .filter(|line| *line > Length::ZERO)
        .collect();
    Ok(Rule {
        distance: length(written.distance, "distance", page.height / 2)?,
        width: need(written.width, &key("width"))?
            .max(Length::ZERO)
            .min(page.width),
        thickness,
        between: length(written.between, "between", Length::mm(10))?,
    })
}

pub(super) fn imprint(written: WrittenImprint, page: &Page) -> Result<ImprintZone, ProfileError> {
    let bottom = need(written.bottom, "imprint.bottom")?;
    if !(page.top + Length::mm(30)..=page.height).contains(&bottom) {
        return Err(ProfileError::impossible(
            "imprint.bottom",
            "应在纸上、上边距以下至少 30mm",
            "on the paper, at least 30mm below its top margin",
        ));
    }
    let thickness = |length: Option<Length>, key| {
        let length = need(length, key)?;
        if (Length::ZERO..=Length::mm(5)).contains(&length) {
            Ok(length)
        } else {
            Err(ProfileError::impossible(
                key,
                "应在 0mm 与 5mm 之间",
                "must be between 0mm and 5mm",
            ))
        }
    };
    Ok(ImprintZone {
        bottom,
        outer_rule: thickness(written.outer_rule, "imprint.outer_rule")?,
        inner_rule: thickness(written.inner_rule, "imprint.inner_rule")?,
        even_page: need(written.even_page, "imprint.even_page")?,
    })
}

pub(super) fn signature(written: WrittenSignature, grid: &Grid) -> Result<SignatureZone, ProfileError> {
    let chars = |value: Option<Chars>, key| {
        let value = need(value, key)?;
        if (0..=grid.chars as i32 * 50).contains(&value.0) {
            Ok(value)
        } else {
            Err(ProfileError::impossible(
                key,
                "不能为负，至多半行",
                "not negative, and at most half a line",
            ))
        }
    };
    Ok(SignatureZone {
        case: need(written.case, "signature.case")?,
        seal_right: chars(written.seal_right, "signature.seal_right")?,
        seal_room: lines(written.seal_room, "signature.seal_room")?,
        seal_step: chars(written.seal_step, "signature.seal_step")?,
        plain_right: chars(written.plain_right, "signature.plain_right")?,
        plain_shift: chars(written.plain_shift, "signature.plain_shift")?,
        stamp_right: chars(written.stamp_right, "signature.stamp_right")?,
        stamp_room: lines(written.stamp_room, "signature.stamp_room")?,
        stamp_gap: chars(written.stamp_gap, "signature.stamp_gap")?,
        stamp_date_gap: lines(written.stamp_date_gap, "signature.stamp_date_gap")?,
    })
}

pub(super) fn attendance(written: WrittenAttendance) -> Result<Attendance, ProfileError> {
    Ok(Attendance {
        label_font: need(written.label_font, "attendance.label_font")?,
        space_before: lines(written.space_before, "attendance.space_before")?,
    })
}

fn lines(value: Option<Lines>, key: &str) -> Result<Lines, ProfileError> {
    let value = need(value, key)?;
    if (0..=1_000).contains(&value.0) {
        Ok(value)
    } else {
        Err(ProfileError::impossible(
            key,
            "应在 0行 与 10行 之间",
            "must be between 0行 and 10行",
        ))
    }
}
