//! Whole texts, each for one thing that has misled readers of plain text before. The texts are made up.

use super::{ParseOptions, parse};
use crate::model::Kind;

/// The elements of `source`: role and text, a run-in shown by its lead.
fn elements(source: &str) -> Vec<(String, String)> {
    let parsed = parse(source, &ParseOptions::default());
    let shown = |text: &str| text.to_owned();
    parsed
        .document
        .blocks
        .iter()
        .map(|block| {
            (
                block.role.name().to_owned(),
                shown(block.lead_text().unwrap_or(block.text.as_str())),
            )
        })
        .collect()
}

/// The roles of `source`, one word per paragraph.
fn roles(source: &str) -> String {
    let elements = elements(source);
    let roles: Vec<&str> = elements.iter().map(|(role, _)| role.as_str()).collect();
    roles.join(" ")
}

fn codes(source: &str) -> Vec<&'static str> {
    let parsed = parse(source, &ParseOptions::default());
    parsed.diagnostics.iter().map(|found| found.code).collect()
}

fn kind(source: &str) -> Kind {
    parse(source, &ParseOptions::default()).document.kind
}

/// A paragraph of running text to put between elements.
const TEXT: &str = "各单位要提高认识，加强领导，把各项任务落到实处，确保全年目标顺利完成。";

#[test]
fn a_whole_official_document() {
    let source = "000001\n机密★1年\n特急\n某某市人民政府办公室文件\n某政办发〔2024〕5号\n签发人：王明\n\n\
        某某市人民政府办公室关于做好防汛工作的通知\n\n各县（市、区）人民政府，市直各部门：\n\
        为做好今年防汛工作，经市政府同意，现将有关事项通知如下。\n\
        一、加强组织领导\n各级各部门要落实责任，层层抓好防汛准备。\n\
        （一）明确责任分工。各责任人要到岗到位。\n1.水利部门负责调度。\n2.应急部门负责救援。\n\
        二、严肃工作纪律\n对失职的，要依规追究责任。\n特此通知。\n\n\
        附件：1.防汛责任人名单\n2.物资储备清单\n\n某某市人民政府办公室\n2024年5月6日\n（此件公开发布）\n\n\
        附件1\n防汛责任人名单\n王明负责城区，李华负责乡镇，各司其职。\n\n\
        附件2\n物资储备清单\n编织袋五千条，铁锹三百把，冲锋舟两艘。\n\n\
        抄送：市委办公室，市人大常委会办公室。\n某某市人民政府办公室　　2024年5月6日印发\n";
    assert_eq!(
        roles(source),
        "copy_number classification urgency issuer_mark doc_number signatory title recipient body \
         heading1 body run_in body body heading1 body closing attachment_note attachment_note signature date note \
         attachment_label attachment_title body attachment_label attachment_title body cc imprint"
    );
    assert_eq!(kind(source), Kind::Notice);
}

#[test]
fn a_whole_speech() {
    let source = format!(
        "凝心聚力　真抓实干\n——在全市经济工作会议上的讲话\n（2024年3月5日）\n市委书记　王　明\n\n同志们：\n\
         {TEXT}\n一、认清形势，坚定信心\n{TEXT}\n（一）看到成绩\n{TEXT}\n1.工业向好。全年增长一成。\n\
         二、突出重点\n一是抓项目。{TEXT}\n二是抓招商。{TEXT}\n同志们，{TEXT}\n谢谢大家！\n"
    );
    assert_eq!(
        roles(&source),
        "title subtitle date_line byline salutation body heading1 body heading2 body run_in heading1 run_in run_in \
         body closing"
    );
    assert_eq!(kind(&source), Kind::Speech);
    assert!(elements(&source).contains(&("byline".to_owned(), "市委书记　王　明".to_owned())));
    assert!(elements(&source).contains(&("run_in".to_owned(), "一是抓项目。".to_owned())));
}

#[test]
fn peer_01_heading_followed_by_body_in_the_same_paragraph() {
    let source = format!("关于节水的意见\n{TEXT}\n（一）提高认识。{TEXT}\n（二）落实责任。{TEXT}\n");
    let elements = elements(&source);
    assert_eq!(elements[2], ("run_in".to_owned(), "（一）提高认识。".to_owned()));
    assert_eq!(elements.len(), 4);
}

#[test]
fn peer_02_dates_versions_and_amounts_are_no_headings() {
    let source = format!(
        "工作汇报\n{TEXT}\n2026.04.20召开会议，部署工作。\n1.5亿元投资已经到位。\n1.2.3版本上线，运行平稳。\n"
    );
    assert_eq!(roles(&source), "title body body body body");
}

#[test]
fn peer_03_numbers_that_begin_words_are_no_headings() {
    let source = format!(
        "市场情况\n{TEXT}\n一、总体平稳\n{TEXT}\n一、二线城市成交活跃，价格平稳。\n二、结构优化\n{TEXT}\n"
    );
    assert_eq!(roles(&source), "title body heading1 body body heading1 body");
}

#[test]
fn peer_03_numbers_above_ten_are_headings() {
    let mut source = format!("工作要点\n{TEXT}\n");
    let numerals = [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
    ];
    for numeral in numerals {
        source.push_str(&format!("{numeral}、抓好第{numeral}项工作\n{TEXT}\n"));
    }
    let headings = elements(&source)
        .iter()
        .filter(|(role, _)| role == "heading1")
        .count();
    assert_eq!(headings, 12);
    assert_eq!(codes(&source), [] as [&str; 0]);
}

#[test]
fn peer_04_long_headings_are_headings() {
    let heading =
        "一、深入学习贯彻会议精神，切实把思想和行动统一到决策部署上来，努力开创各项工作高质量发展的新局面";
    let source = format!("在动员会上的讲话\n同志们：\n{TEXT}\n{heading}\n{TEXT}\n");
    assert_eq!(roles(&source), "title salutation body heading1 body");
}

#[test]
fn peer_05_title_over_several_lines_below_a_number() {
    let source = format!(
        "\n\n某政发〔2024〕7号\n\n某某市人民政府\n关于进一步加强\n安全生产工作的决定\n\n各区人民政府：\n{TEXT}\n"
    );
    let elements = elements(&source);
    assert_eq!(elements[0].0, "doc_number");
    assert_eq!(
        elements[1],
        (
            "title".to_owned(),
            "某某市人民政府\n关于进一步加强\n安全生产工作的决定".to_owned()
        )
    );
    assert_eq!(elements[2].0, "recipient");
}

#[test]
fn peer_06_long_lead_ins_are_no_address() {
    let source = format!(
        "在座谈会上的讲话\n同志们：\n今天会议的任务是总结工作、部署任务。下面，我讲三点意见：\n一、提高认识\n{TEXT}\n"
    );
    assert_eq!(roles(&source), "title salutation body heading1 body");
    assert_eq!(
        roles(&format!("情况说明\n现就有关问题说明如下：\n{TEXT}\n")),
        "title body body"
    );
}

#[test]
fn peer_07_an_address_in_mid_text_is_body() {
    let source = format!("在大会上的讲话\n各位代表：\n{TEXT}\n各位代表！\n{TEXT}\n某某局：\n{TEXT}\n");
    assert_eq!(roles(&source), "title salutation body body body body body");
}

#[test]
fn peer_08_signatures() {
    let end = |tail: &str| {
        let roles = roles(&format!("关于节水的通知\n各街道：\n{TEXT}\n{tail}"));
        roles
            .strip_prefix("title recipient body ")
            .unwrap_or(&roles)
            .to_owned()
    };
    assert_eq!(
        end("某某市水务局　某某市发展和改革委员会　某某市住房和城乡建设局\n2024年5月6日\n"),
        "signature date"
    );
    assert_eq!(end("某某市防汛抗旱指挥部\n2024年5月6日\n"), "signature date");
    assert_eq!(
        end("某某市安全生产领导小组\n二〇二四年五月六日\n"),
        "signature date"
    );
    assert_eq!(end("某某市水务局\n"), "signature");
    assert_eq!(
        end("某某市水务局\n某某市财政局\n2024年5月6日\n（联系人：李华，电话：12345678）\n"),
        "signature signature date note"
    );
    assert_eq!(
        end("联系人：李华，联系电话：12345678。\n某某市水务局\n2024年5月6日\n"),
        "note signature date"
    );
    assert_eq!(end("某某市水务局2024年5月6日\n"), "signature date");
    assert_eq!(
        end(
            "附件：节水公约\n某某市水务局\n2024年5月6日\n附件\n节水公约\n一水多用，随手关紧水龙头，见到漏水及时报修。\n"
        ),
        "attachment_note signature date attachment_label attachment_title body"
    );
    assert_eq!(end("市　长　王　明\n2024年5月6日\n"), "signature date");
}

#[test]
fn peer_09_a_sentence_above_a_date_is_no_signature() {
    let source = format!("情况通报\n{TEXT}\n以上情况请各单位认真整改。\n2024年5月6日\n");
    assert_eq!(roles(&source), "title body body date");
}

#[test]
fn peer_10_attachment_lists() {
    let end = |tail: &str| {
        let roles = roles(&format!(
            "关于节水的通知\n各街道：\n{TEXT}\n{tail}某某市水务局\n2024年5月6日\n"
        ));
        roles
            .strip_prefix("title recipient body ")
            .unwrap_or(&roles)
            .to_owned()
    };
    assert_eq!(
        end("附件：1.节水公约　2.任务清单\n"),
        "attachment_note signature date"
    );
    assert_eq!(
        end("附件：\n1.节水公约\n2.任务清单\n"),
        "attachment_note attachment_note attachment_note signature date"
    );
    assert_eq!(
        end("附件：1.节水公约\n3.2024年任务清单\n"),
        "attachment_note attachment_note signature date"
    );
    assert_eq!(
        end("附件1：节水公约\n附件2：任务清单\n"),
        "attachment_note attachment_note signature date"
    );
}

#[test]
fn peer_11_attachment_in_running_text() {
    let source = format!(
        "关于报送材料的通知\n各街道：\n附件材料请于5月6日前报送，附件格式不得改动。\n{TEXT}\n{TEXT}\n"
    );
    assert_eq!(roles(&source), "title recipient body body body");
}

#[test]
fn peer_18_blanks_as_indent_are_left_out() {
    let source = format!("关于节水的通知\n\u{3000}\u{3000}{TEXT}\n\t{TEXT}\n    {TEXT}\n");
    assert!(
        elements(&source)[1..]
            .iter()
            .all(|(role, text)| role == "body" && text == TEXT)
    );
}

#[test]
fn peer_19_padded_names_keep_their_blanks() {
    let source = format!("在大会上的讲话\n张　　三\n同志们：\n{TEXT}\n");
    assert_eq!(elements(&source)[1], ("byline".to_owned(), "张　　三".to_owned()));
}

#[test]
fn peer_21_dates_in_chinese_numerals() {
    for date in [
        "二〇二四年三月五日",
        "二○二四年十二月三十一日",
        "二O二四年三月五日",
    ] {
        let source = format!("关于节水的通知\n各街道：\n{TEXT}\n某某市水务局\n{date}\n");
        assert_eq!(roles(&source), "title recipient body signature date", "{date}");
    }
}

#[test]
fn structure_outweighs_the_form_of_numbers() {
    let source = format!(
        "工作报告\n{TEXT}\n（一）回顾\n{TEXT}\n（二）安排\n{TEXT}\n第一、关于农业\n{TEXT}\n第二、关于工业\n{TEXT}\n"
    );
    assert_eq!(
        roles(&source),
        "title body heading1 body heading1 body heading2 body heading2 body"
    );
}

#[test]
fn four_levels_of_headings() {
    let source = format!(
        "实施方案\n{TEXT}\n一、总体要求\n{TEXT}\n（一）目标\n{TEXT}\n1.近期目标\n{TEXT}\n（1）城区\n{TEXT}\n"
    );
    assert_eq!(
        roles(&source),
        "title body heading1 body heading2 body heading3 body heading4 body"
    );
    let divisions = "管理办法\n第一章　总则\n第一条　为加强管理，制定本办法。\n第二条　本办法适用于本市。\n第二章　附则\n第三条　本办法自发布之日起施行。\n";
    assert_eq!(roles(divisions), "title heading1 body body heading1 body");
}

#[test]
fn items_of_a_notice_are_body() {
    let source = "关于召开会议的通知\n各科室：\n现将有关事项通知如下：\n一、时间：4月9日上午8:30。\n二、地点：三楼会议室。\n三、参加人员：全体干部。\n特此通知。\n";
    assert_eq!(roles(source), "title recipient body body body body closing");
}

#[test]
fn tables_are_one_block() {
    let source = format!("任务分工\n{TEXT}\n序号\t任务\t单位\n1\t防汛\t水务局\n2\t救援\t应急局\n{TEXT}\n");
    let elements = elements(&source);
    assert_eq!(
        elements[2],
        (
            "table".to_owned(),
            "序号\t任务\t单位\n1\t防汛\t水务局\n2\t救援\t应急局".to_owned()
        )
    );
    let markdown = format!("任务分工\n{TEXT}\n| 任务 | 单位 |\n|---|---|\n| 防汛 | 水务局 |\n{TEXT}\n");
    assert_eq!(roles(&markdown), "title body table body");
}

#[test]
fn kinds() {
    assert_eq!(
        kind(&format!("关于申请经费的请示\n市政府：\n{TEXT}\n妥否，请批示。\n")),
        Kind::Request
    );
    assert_eq!(
        kind(&format!(
            "关于同意建设项目的批复\n某某县人民政府：\n{TEXT}\n此复。\n"
        )),
        Kind::Reply
    );
    assert_eq!(
        kind(&format!("关于商请支持的函\n某某市财政局：\n{TEXT}\n")),
        Kind::Letter
    );
    assert_eq!(kind(&format!("市政府常务会议纪要\n{TEXT}\n")), Kind::Minutes);
    assert_eq!(kind(&format!("某某市人民政府令\n第5号\n{TEXT}\n")), Kind::Order);
    assert_eq!(kind(&format!("读书笔记\n{TEXT}\n")), Kind::Generic);
    let forced = ParseOptions {
        kind: Some(Kind::Letter),
        ..ParseOptions::default()
    };
    assert_eq!(parse("同志们：\n正文。\n", &forced).document.kind, Kind::Letter);
}

#[test]
fn doubts_are_reported() {
    assert!(codes(&format!("同志们：\n{TEXT}\n")).contains(&"title-missing"));
    let empty = format!("工作要点\n{TEXT}\n一、农业\n二、工业\n{TEXT}\n");
    assert!(codes(&empty).contains(&"heading-without-text"));
    assert!(codes(&format!("工作要点\n{TEXT}\n一、农业\n{TEXT}\n")).is_empty());
}

#[test]
fn closing_formulas() {
    for closing in [
        "以上请示妥否，请批示。",
        "此复。",
        "特此函达，盼复。",
        "谢谢大家！",
        "请予批准。",
    ] {
        let source = format!("关于申请经费的请示\n市政府：\n{TEXT}\n{closing}\n");
        assert_eq!(roles(&source), "title recipient body closing", "{closing}");
    }
}

#[test]
fn odd_texts_give_documents() {
    for source in [
        "",
        "\n\n",
        "一",
        "。",
        "——",
        "（",
        "同志们：",
        "附件",
        "2024年3月5日",
        "{#标题}",
        "---\n---\n",
        "\u{200B}",
        "&nbsp;",
        "\u{FEFF}\u{3000}",
    ] {
        let _ = parse(source, &ParseOptions::default());
        let repair = ParseOptions {
            repair: true,
            ..ParseOptions::default()
        };
        let _ = parse(source, &repair);
    }
}

/// Pieces of text that recognition looks for, to be put together at random.
const PIECES: [&str; 44] = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{3000}\u{3000}",
    " ",
    "\t",
    "\u{200B}",
    "&nbsp;",
    "&ldquo;",
    "同志们：",
    "各位代表！",
    "一、",
    "（一）",
    "1.",
    "（1）",
    "①",
    "第一条",
    "一是",
    "首先，",
    "——",
    "提高认识",
    "抓好落实。",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "，",
    "附件1",
    "附件：",
    "2024年3月5日",
    "某某市人民政府",
    "王明",
    "特此通知。",
    "抄送：",
    "来源：某报",
    "新华社某地3月5日电",
    "记者 王明 摄",
    "{#标题}",
    "---",
    "关于节水的通知",
    "[1]",
];

#[test]
fn what_stands_below_a_lone_mark_is_kept() {
    for (source, text) in [
        ("{#标题}\n》", "》"),
        ("{#标题}\r\n[1]\n", "[1]"),
        ("{#标题}\n\u{200B}\n》", "》"),
        ("\u{200B}\n{#标题}\n，", "，"),
    ] {
        let repair = ParseOptions {
            repair: true,
            ..ParseOptions::default()
        };
        let parsed = parse(source, &repair);
        let kept: String = parsed
            .document
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(kept, text, "{source:?}");
        // Nothing but the invisible characters is taken out, and each is listed.
        let removed: Vec<&str> = parsed.edits.iter().map(|edit| edit.before.as_str()).collect();
        let invisible: Vec<&str> = source.matches('\u{200B}').collect();
        assert_eq!(removed, invisible, "{source:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_character_is_lost_or_moved(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let source: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let blocks = |repair: bool| {
            let parsed = parse(&source, &ParseOptions { repair, ..ParseOptions::default() });
            let text: String = parsed.document.blocks.iter().map(|block| block.text.as_str()).collect();
            (visible(&text), parsed)
        };
        // Marks are no text: one at the beginning of a line is taken out.
        let marked = source.contains("{#标题}");
        let (plain, parsed) = blocks(false);
        proptest::prop_assert!(parsed.edits.is_empty());
        if marked {
            proptest::prop_assert_eq!(plain.replace("{#标题}", ""), visible(&source).replace("{#标题}", ""));
        } else {
            proptest::prop_assert_eq!(plain, visible(&source));
        }
        // With repairs, exactly the listed edits make the difference.
        let (repaired, parsed) = blocks(true);
        let mut edited = source.clone();
        for edit in parsed.edits.iter().rev() {
            proptest::prop_assert_eq!(edit.span.of(&source), edit.before.as_str());
            edited.replace_range(edit.span.start..edit.span.end, &edit.after);
        }
        proptest::prop_assert_eq!(repaired.replace("{#标题}", ""), visible(&edited).replace("{#标题}", ""));
        for block in &parsed.document.blocks {
            proptest::prop_assert!(block.span.end <= source.len() && block.span.start <= block.span.end);
            proptest::prop_assert!(block.lead.is_none_or(|lead| block.text.as_str().is_char_boundary(lead.len)));
        }
    }
}

/// A notice up to its signature.
fn notice(tail: &str) -> String {
    format!("关于开展检查的通知\n各乡镇、各部门：\n{TEXT}\n{tail}\n")
}

/// The roles below the third paragraph of [`notice`].
fn tail_roles(tail: &str) -> String {
    let roles = roles(&notice(tail));
    roles
        .strip_prefix("title recipient body ")
        .unwrap_or(&roles)
        .to_owned()
}

#[test]
fn an_issued_text_is_an_attachment_without_a_label() {
    let plan =
        format!("青山县教育局\n2024年3月15日\n\n青山县校园安全工作方案\n\n{TEXT}\n一、工作目标\n{TEXT}");
    assert_eq!(
        tail_roles(&plan),
        "signature date attachment_title body heading1 body"
    );
    let order = format!(
        "青山市人民政府令\n第12号\n《青山市养犬须则》已经通过，现予公布，自2024年5月1日起施行。\n市长　李志强\n\
         2024年3月1日\n\n青山市养犬须则\n第一章　总则\n第一条　{TEXT}"
    );
    assert_eq!(
        roles(&order),
        "issuer_mark doc_number body signature date attachment_title heading1 body",
        "named in the text, though 须则 is no kind of document"
    );
    assert_eq!(
        tail_roles(
            "青山县教育局\n2024年3月15日\n附表1\n检查表\n学校\t时间\n一中\t3月\n附表2\n名单\n张三、李四"
        ),
        "signature date attachment_label attachment_title table attachment_label attachment_title body"
    );
}

#[test]
fn what_stands_around_an_issued_text() {
    let signed = "青山县教育局\n2024年3月15日";
    let remark = "（2024年2月20日第3次常务会议通过）";
    assert_eq!(
        tail_roles(&format!(
            "{signed}\n（此件公开发布）\n考核办法\n（试行）\n{remark}\n第一章　总则\n{TEXT}\n附件1\n责任表\n{TEXT}"
        )),
        "signature date note attachment_title subtitle date_line heading1 body attachment_label attachment_title body"
    );
    assert_eq!(
        tail_roles(&format!(
            "{signed}\n检查表\n学校\t时间\n一中\t3月\n抄送：县委办公室。"
        )),
        "signature date attachment_title table cc"
    );
}

#[test]
fn a_date_in_mid_text_issues_nothing() {
    for tail in [
        format!("青山县教育局\n2024年3月15日\n{TEXT}"),
        format!("青山县教育局\n2024年3月15日\n下一步打算\n{TEXT}"),
        format!("{TEXT}\n2024年3月15日\n青山县校园安全工作方案\n{TEXT}"),
    ] {
        let roles = tail_roles(&tail);
        assert!(
            !roles.contains("signature") && !roles.contains("attachment"),
            "{roles}"
        );
    }
}

#[test]
fn dates_of_signatures_in_every_form() {
    for date in [
        "2024.3.15",
        "2024-03-15",
        "2024/3/15",
        "2024年3月",
        "2024年3月15号",
        "\u{3000}\u{3000}年\u{3000}月\u{3000}日",
        "2024年\u{3000}月\u{3000}日",
    ] {
        assert_eq!(
            tail_roles(&format!("青山县教育局\n{date}")),
            "signature date",
            "{date}"
        );
    }
    let page = format!("全县教育工作情况\n青山县教育局\n2024-03-15\n{TEXT}\n{TEXT}");
    assert!(roles(&page).contains("other"), "a stamp above the text stays one");
}

#[test]
fn labels_of_a_meeting_notice_are_no_headings() {
    let time = "时间：2024年1月9日下午2:30";
    assert_eq!(
        tail_roles(&format!(
            "一、{time}\n二、地点：三楼会议室\n三、参会人员：全体干部\n请准时参会。\n县政府办公室\n2024年1月5日"
        )),
        "body body body body signature date"
    );
    assert_eq!(
        tail_roles(&format!(
            "{time}\n地点：三楼会议室\n参加人员：各科室负责人\n请准时参加，不得缺席。\n县政府办公室\n2024年1月5日"
        )),
        "body body body body signature date"
    );
    let themes = format!("一、主题：凝心聚力\n{TEXT}\n二、主线：真抓实干\n{TEXT}");
    assert_eq!(tail_roles(&themes), "heading1 body heading1 body");
}

#[test]
fn the_line_below_a_heading_is_its_text() {
    assert_eq!(
        tail_roles(
            "一、会议时间\n2024年1月9日下午2:30\n二、会议地点\n三楼会议室\n三、参会人员\n全体干部\n县政府办公室\n\
             2024年1月5日"
        ),
        "heading1 body heading1 body heading1 body signature date"
    );
    assert_eq!(
        tail_roles("一、先进集体\n办公室、规划科\n二、先进个人\n张三、李四\n希望再接再厉。"),
        "heading1 body heading1 body body"
    );
}

#[test]
fn lines_that_another_announces_are_no_headings() {
    assert_eq!(
        tail_roles("经研究，决定：\n张三任办公室主任\n李四任财务科科长\n以上任职时间从发文之日起计算。"),
        "body body body body"
    );
    assert_eq!(
        tail_roles("正如诗中所写：\n千淘万漉虽辛苦\n吹尽狂沙始到金\n让我们携手前行。"),
        "body body body body"
    );
    assert_eq!(
        tail_roles("经研究，决定：\n张三任办公室主任\n以上任职时间从发文之日起计算。"),
        "body body body"
    );
    assert_eq!(
        tail_roles("他常说：“不忘初心”（见《文选》）\n最后，祝大家节日快乐。"),
        "body body"
    );
    let methods = format!("主要做法如下：\n强化领导\n{TEXT}\n抓好落实\n{TEXT}");
    assert_eq!(tail_roles(&methods), "body heading1 body heading1 body");
}

#[test]
fn a_list_of_attachments_below_the_date() {
    let signed = "青山县水利局\n2024年1月10日\n附件：";
    for (list, roles) in [
        ("1.案件清单\n2.经费表", "attachment_note attachment_note"),
        ("案件清单", "attachment_note"),
        (
            "\n1.案件清单\n2.经费表",
            "attachment_note attachment_note attachment_note",
        ),
        ("1.案件清单\n（联系人：张三）", "attachment_note note"),
        (
            "案件清单\n附件\n案件清单\n情况如下。",
            "attachment_note attachment_label attachment_title body",
        ),
        ("案件清单\n情况如下。", "attachment_label body"),
        ("\n案件清单\n情况如下。", "attachment_label attachment_title body"),
    ] {
        for signed in [signed, &signed.replace("附件：", "附：")] {
            assert_eq!(
                tail_roles(&format!("{signed}{list}")),
                format!("signature date {roles}"),
                "{list}"
            );
        }
    }
}

#[test]
fn the_number_of_copies_with_or_without_brackets() {
    for copies in ["共印50份", "（共印50份）", "共印五十份。"] {
        assert_eq!(
            tail_roles(&format!(
                "青山县水利局\n2024年1月10日\n（此件公开发布）\n主题词：水利　检查\n抄送：县委办公室。\n\
                 青山县水利局办公室　2024年1月10日印发\n{copies}"
            )),
            "signature date note other cc imprint imprint",
            "{copies}"
        );
    }
}

#[test]
fn titles_and_units_of_tables_are_no_headings() {
    assert_eq!(
        tail_roles(
            "一、项目情况\n情况见下表。\n表1　项目情况表\n单位：万元\n项目\t金额\n水库\t100\n渠道\t200\n要抓紧。"
        ),
        "heading1 body body body table body"
    );
    assert_eq!(
        tail_roles("情况见下表。\n项目情况表\n（单位：万元）\n项目\t金额\n水库\t100\n渠道\t200\n要抓紧。"),
        "body body body table body"
    );
}

#[test]
fn a_tag_before_the_title_leaves_the_title() {
    let body = format!("各科室：\n{TEXT}");
    let tagged = format!("【重要】关于开展健康体检的通知\n{body}");
    assert_eq!(roles(&tagged), "other title recipient body");
}

#[test]
fn the_line_of_issue_and_organ_is_no_title() {
    for (title, role) in [
        ("青山县人民政府常务会议纪要", "issuer_mark"),
        ("工作简报", "title"),
    ] {
        let source = format!("{title}\n第3期\n\n青山县委办公室        2024年3月15日\n\n{TEXT}\n{TEXT}");
        assert_eq!(
            roles(&source),
            format!("{role} doc_number byline date_line body body")
        );
    }
}
