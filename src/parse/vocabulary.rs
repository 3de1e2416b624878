//! The words by which elements are known: kinds of documents (文种), organs, offices, forms of address, formulas.
//!
//! Kept in one file because its words are one vocabulary: each list is looked up by several modules and read beside the
//! others. Each list holds a class of the language of official texts (from the 条例 of 2012, from GB/T 9704-2012 and from
//! general usage), never the wording of single texts. It is long, and one file, because it is one table: a word a line.

use super::marks;
use super::words::Words;

/// Kinds of written documents, as titles end with them: the 15 of 《党政机关公文处理工作条例》 art. 8, and further ones in
/// daily use.
const DOCUMENT_KINDS: [&str; 60] = [
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "令",
    "贺信",
    "寄语",
    "汇报",
    "总结",
    "方案",
    "规划",
    "计划",
    "纲要",
    "要点",
    "办法",
    "规定",
    "细则",
    "条例",
    "规则",
    "规程",
    "章程",
    "制度",
    "守则",
    "公约",
    "解释",
    "安排",
    "批示",
    "答复",
    "复函",
    "简报",
    "倡议书",
    "倡议",
    "建议",
    "提案",
    "声明",
    "宣言",
    "公示",
    "启事",
    "须知",
    "预案",
    "措施",
    "目录",
    "清单",
    "名单",
    "申请",
    "调研报告",
    "案例",
    "范文",
    "概况",
];

/// Words a title of a spoken text ends with.
const SPOKEN_KINDS: [&str; 32] = [
    "讲话",
    "致辞",
    "致词",
    "发言",
    "演讲",
    "贺词",
    "讲话稿",
    "发言稿",
    "演讲稿",
    "主持词",
    "开幕词",
    "闭幕词",
    "祝酒辞",
    "祝酒词",
    "答谢词",
    "欢迎词",
    "欢送词",
    "献词",
    "悼词",
    "工作报告",
    "述职报告",
    "讲话范文",
    "致辞范文",
    "发言材料",
    "演讲词",
    "开幕辞",
    "闭幕辞",
    "欢迎辞",
    "答谢辞",
    "演讲辞",
    "书面讲话",
    "说明",
];

/// What names of organs end with.
const ORGAN_ENDINGS: [&str; 97] = [
    "人民政府",
    "政府",
    "委员会",
    "办公室",
    "办公厅",
    "工作委员会",
    "人大常委会",
    "常委会",
    "政协",
    "党组",
    "党委",
    "党工委",
    "支部",
    "总支",
    "局",
    "厅",
    "部",
    "院",
    "署",
    "处",
    "科",
    "室",
    "所",
    "站",
    "社",
    "会",
    "中心",
    "公司",
    "集团",
    "银行",
    "学校",
    "大学",
    "学院",
    "中学",
    "小学",
    "医院",
    "法院",
    "检察院",
    "指挥部",
    "领导小组",
    "工作组",
    "小组",
    "管委会",
    "管理处",
    "总队",
    "支队",
    "大队",
    "中队",
    "街道",
    "乡",
    "镇",
    "村",
    "社区",
    "居委会",
    "村委会",
    "联合会",
    "协会",
    "学会",
    "基金会",
    "总工会",
    "工会",
    "团委",
    "妇联",
    "残联",
    "科协",
    "文联",
    "工商联",
    "军区",
    "军分区",
    "武装部",
    "机构",
    "部门",
    "单位",
    "企业",
    "组织",
    "团体",
    "办事处",
    "开发区",
    "园区",
    "新区",
    "县",
    "市",
    "省",
    "自治区",
    "直辖市",
    "区",
    "州",
    "盟",
    "旗",
    "兵团",
    "农场",
    "林场",
    "委",
    "办",
    "厂",
    "队",
    "馆",
];

/// Endings of [`ORGAN_ENDINGS`] that are too common in other words to prove an organ alone.
const WEAK_ORGAN_ENDINGS: [&str; 27] = [
    "会", "部", "处", "科", "室", "所", "站", "社", "院", "乡", "镇", "村", "县", "市", "省", "区", "州",
    "盟", "旗", "委", "办", "厂", "队", "馆", "组织", "单位", "小组",
];

/// Whom speakers address: a form of address ends with one of these.
const ADDRESSEES: [&str; 78] = [
    "们",
    "同志",
    "代表",
    "委员",
    "领导",
    "来宾",
    "嘉宾",
    "贵宾",
    "朋友",
    "同事",
    "同仁",
    "同学",
    "老师",
    "教师",
    "女士",
    "先生",
    "主任",
    "书记",
    "总统",
    "总理",
    "首相",
    "主席",
    "部长",
    "省长",
    "市长",
    "州长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "局长",
    "厅长",
    "处长",
    "科长",
    "校长",
    "院长",
    "会长",
    "园长",
    "所长",
    "社长",
    "秘书长",
    "理事长",
    "董事长",
    "总经理",
    "经理",
    "阁下",
    "殿下",
    "陛下",
    "元首",
    "首脑",
    "使节",
    "夫人",
    "同胞",
    "乡亲",
    "战友",
    "家长",
    "企业家",
    "专家",
    "学者",
    "青年",
    "委员长",
    "教授",
    "将军",
    "首长",
    "法官",
    "检察官",
    "律师",
    "评委",
    "记者",
    "客人",
    "总裁",
    "干事长",
    "大使",
    "行长",
    "议长",
    "总书记",
    "组长",
    "队员",
];

/// Offices (职务), as they stand before a speaker's name.
const OFFICES: [&str; 62] = [
    "书记",
    "主席",
    "总理",
    "省长",
    "市长",
    "州长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "主任",
    "局长",
    "厅长",
    "部长",
    "院长",
    "校长",
    "会长",
    "董事长",
    "总经理",
    "经理",
    "秘书长",
    "委员长",
    "委员",
    "司令员",
    "政委",
    "检察长",
    "庭长",
    "所长",
    "处长",
    "科长",
    "站长",
    "馆长",
    "社长",
    "理事长",
    "盟长",
    "旗长",
    "组长",
    "队长",
    "常委",
    "代表",
    "教授",
    "老师",
    "总裁",
    "行长",
    "署长",
    "总书记",
    "首席执行官",
    "发言人",
    "部长助理",
    "巡视员",
    "调研员",
    "干部",
    "党委",
    "党组成员",
    "成员",
    "副省级",
    "总工程师",
    "审判长",
    "审判员",
    "书记员",
    "助理",
    "国王",
];

/// Surnames of one character, which cover nearly everybody, and the first characters of frequent transcribed names.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏\
    魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向\
    汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷\
    盛曲翁冉骆蓝游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农卓古吉缪简车项连芦麦褚娄窦戚岑景费卜冷晏席卫米柏宗瞿桂全\
    佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查麻苑迟邝封谈匡鞠荆冀郁胥储栗燕楚鄢劳谌奚皮粟冼蔺楼闻\
    厉伊仝郜阚帅屠朴盖练廉禹井漆丰卿狄宣晋扈晁芮阙浦薄邸雍辜裘亓邰赫隆茹玛扎巴布阿买努艾洛丹旦次习";

/// Surnames of two characters.
const COMPOUND_SURNAMES: [&str; 16] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木",
    "独孤", "南宫", "宇文",
];

/// Function words that show a phrase to be a sentence rather than a name.
static SENTENCE_WORDS: Words<24> = Words::new([
    "现将",
    "为了",
    "根据",
    "按照",
    "如下",
    "以下",
    "我们",
    "我代表",
    "已经",
    "应当",
    "必须",
    "进行",
    "提出",
    "指出",
    "认为",
    "要求",
    "决定",
    "经研究",
    "同意",
    "下列",
    "有关事项",
    "下面",
    "这是",
    "就是",
]);

/// Whether `text` ends with a kind of document.
pub(super) fn ends_with_kind(text: &str) -> bool {
    let text = bare_title(text);
    DOCUMENT_KINDS
        .iter()
        .chain(&SPOKEN_KINDS)
        .any(|kind| text.ends_with(kind))
}

/// Whether `text` ends as titles of spoken texts do.
pub(super) fn ends_with_spoken_kind(text: &str) -> bool {
    let text = bare_title(text);
    SPOKEN_KINDS.iter().any(|kind| text.ends_with(kind))
}

/// A title without what may stand after its kind: a note in brackets, a number, an end mark.
pub(super) fn bare_title(text: &str) -> &str {
    let mut text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '。' | '！' | '!'));
    while let Some(open) = text
        .strip_suffix(['）', ')'])
        .and_then(|inner| inner.rfind(['（', '(']))
    {
        if open == 0 {
            break;
        }
        text = text[..open].trim_end();
    }
    text
}

/// Whether `text` is the name of an organ: it ends as such names do, and no word in it makes a sentence.
pub(crate) fn is_organ(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    let ending = ORGAN_ENDINGS
        .iter()
        .filter(|ending| text.ends_with(*ending))
        .max_by_key(|ending| ending.len());
    let Some(ending) = ending else { return false };
    let weak = WEAK_ORGAN_ENDINGS.contains(ending);
    (3..=50).contains(&count)
        && (!weak || count >= 4)
        && !is_sentence(text)
        && !text.contains(['，', '。', '；', '：', ',', ';', ':', '！', '《', '“'])
        && !text.starts_with("关于")
        && !text.contains("的")
}

/// Whether words in `text` show it to be a sentence rather than a name.
pub(super) fn is_sentence(text: &str) -> bool {
    SENTENCE_WORDS.stand_in(text)
}

/// Whether `text` ends as a collective name of organs does (各省、自治区、直辖市人民政府; 省政府各部门).
pub(super) fn ends_as_organ(text: &str) -> bool {
    ORGAN_ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// Whether `text` ends with somebody who is addressed.
pub(super) fn ends_as_addressee(text: &str) -> bool {
    ADDRESSEES.iter().any(|ending| text.ends_with(ending))
}

/// Whether `text` ends with an office (职务).
pub(super) fn ends_with_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.ends_with(office))
}

/// The length in bytes of the office (职务) that `text` contains last, from the beginning of `text` to the end of the
/// office; `None` when there is none.
pub(super) fn office_end(text: &str) -> Option<usize> {
    OFFICES
        .iter()
        .filter_map(|office| text.rfind(office).map(|at| at + office.len()))
        .max()
}

/// Whether `text` is a person's name: two to four Han characters of which the first is a surname, blanks between them
/// allowed, or a transcribed name with its dot.
pub(super) fn is_name(text: &str) -> bool {
    let bare = marks::without_blanks(text);
    let count = bare.chars().count();
    if bare.contains(['·', '•', '・']) {
        return (4..=24).contains(&count)
            && bare
                .chars()
                .all(|c| marks::is_han(c) || matches!(c, '·' | '•' | '・'));
    }
    let Some(first) = bare.chars().next() else {
        return false;
    };
    let compound = COMPOUND_SURNAMES.iter().any(|surname| bare.starts_with(surname));
    let padded = text.trim().contains(char::is_whitespace);
    // Four characters without a blank are a phrase more often than a name: 安全生产.
    let longest = if compound || padded { 4 } else { 3 };
    (2..=longest).contains(&count)
        && bare.chars().all(marks::is_han)
        && (SURNAMES.contains(first) || compound)
        && !ends_as_organ_strictly(&bare)
        && !ends_with_kind(&bare)
}

/// Whether `text` is a placeholder for a name: ×××, 某某某, XXX, x主任's name left out.
pub(super) fn is_name_placeholder(text: &str) -> bool {
    let bare = marks::without_blanks(text);
    let count = bare.chars().count();
    (2..=4).contains(&count)
        && bare
            .chars()
            .all(|c| matches!(c, '×' | 'x' | 'X' | 'Ｘ' | '某' | '*' | '＊' | '○'))
}

fn ends_as_organ_strictly(text: &str) -> bool {
    ORGAN_ENDINGS
        .iter()
        .filter(|ending| !WEAK_ORGAN_ENDINGS.contains(ending))
        .any(|ending| text.ends_with(ending))
}

/// Whether `text`, after a date, ends by saying what happened then: 通过, 公布, 在…会议上.
pub(super) fn is_event(text: &str) -> bool {
    const EVENTS: [&str; 18] = [
        "通过",
        "公布",
        "发布",
        "施行",
        "实施",
        "修订",
        "修正",
        "印发",
        "批准",
        "生效",
        "颁布",
        "上午",
        "下午",
        "晚",
        "会议上",
        "大会上",
        "会上",
        "会議上",
    ];
    EVENTS.iter().any(|event| text.ends_with(event))
}

/// Whether `text` ends by saying that a law was made or came into force: 通过, 公布, 施行.
pub(super) fn is_legislation(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')', '〕']);
    [
        "通过", "公布", "发布", "施行", "实施", "修订", "修正", "批准", "颁布", "印发",
    ]
    .iter()
    .any(|event| text.ends_with(event))
}

/// Simplified forms of the traditional characters in the lists here, so that one list serves both scripts. Both forms
/// have three bytes in UTF-8, so offsets stay.
pub(super) fn simplified(c: char) -> char {
    const PAIRS: [(char, char); 92] = [
        ('們', '们'),
        ('誌', '志'),
        ('領', '领'),
        ('導', '导'),
        ('賓', '宾'),
        ('來', '来'),
        ('員', '员'),
        ('師', '师'),
        ('學', '学'),
        ('關', '关'),
        ('於', '于'),
        ('報', '报'),
        ('會', '会'),
        ('講', '讲'),
        ('話', '话'),
        ('總', '总'),
        ('長', '长'),
        ('書', '书'),
        ('記', '记'),
        ('議', '议'),
        ('決', '决'),
        ('復', '复'),
        ('請', '请'),
        ('發', '发'),
        ('辦', '办'),
        ('門', '门'),
        ('處', '处'),
        ('縣', '县'),
        ('區', '区'),
        ('黨', '党'),
        ('機', '机'),
        ('構', '构'),
        ('單', '单'),
        ('廳', '厅'),
        ('團', '团'),
        ('國', '国'),
        ('級', '级'),
        ('親', '亲'),
        ('愛', '爱'),
        ('謝', '谢'),
        ('條', '条'),
        ('節', '节'),
        ('編', '编'),
        ('號', '号'),
        ('簽', '签'),
        ('達', '达'),
        ('聯', '联'),
        ('錄', '录'),
        ('衛', '卫'),
        ('產', '产'),
        ('開', '开'),
        ('動', '动'),
        ('務', '务'),
        ('進', '进'),
        ('為', '为'),
        ('這', '这'),
        ('對', '对'),
        ('經', '经'),
        ('還', '还'),
        ('時', '时'),
        ('間', '间'),
        ('實', '实'),
        ('現', '现'),
        ('問', '问'),
        ('題', '题'),
        ('稱', '称'),
        ('環', '环'),
        ('當', '当'),
        ('應', '应'),
        ('規', '规'),
        ('劃', '划'),
        ('與', '与'),
        ('網', '网'),
        ('頁', '页'),
        ('載', '载'),
        ('責', '责'),
        ('輯', '辑'),
        ('權', '权'),
        ('廣', '广'),
        ('東', '东'),
        ('書', '书'),
        ('詞', '词'),
        ('辭', '辞'),
        ('無', '无'),
        ('後', '后'),
        ('結', '结'),
        ('語', '语'),
        ('說', '说'),
        ('將', '将'),
        ('軍', '军'),
        ('據', '据'),
        ('範', '范'),
    ];
    PAIRS.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_organs() {
        for name in [
            "某某市人民政府",
            "某某县防汛抗旱指挥部",
            "市委办公室",
            "安全生产领导小组",
            "某某镇党委",
        ] {
            assert!(is_organ(name), "{name}");
        }
        for name in [
            "关于召开会议的通知",
            "现将有关事项通知如下",
            "同志们",
            "谢谢大家",
            "大会",
        ] {
            assert!(!is_organ(name), "{name}");
        }
    }

    #[test]
    fn knows_names() {
        for name in [
            "张三",
            "李　强",
            "王 小 明",
            "欧阳修",
            "阿不都·热西提",
            "李  小  明",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in ["下载", "的确如此", "总工会", "人民政府"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn finds_the_kind_behind_brackets() {
        assert!(ends_with_kind("关于加强管理的意见（试行）"));
        assert!(ends_with_kind("关于申请经费的报告。"));
        assert!(ends_with_spoken_kind("在表彰大会上的讲话"));
        assert!(!ends_with_kind("提高认识，统一思想"));
    }
}
