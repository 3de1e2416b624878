//! The help of commands and arguments in Chinese.
//!
//! The arguments themselves carry their help in English; a test makes sure that none is without Chinese.

/// The help of commands and arguments in Chinese, by their names.
const CHINESE: &[(&str, &str)] = &[
    (
        "hongtou",
        "把中文纯文本（讲话稿、公文）排成符合 GB/T 9704-2012 的 DOCX 和 PDF",
    ),
    ("convert", "转换为 DOCX 和 PDF"),
    ("check", "校对文本"),
    ("parse", "显示文本结构"),
    ("styles", "列出、查看、检查样式"),
    ("explain", "解释一条校对规则，或列出全部规则"),
    ("licenses", "显示程序及其所含一切的许可证"),
    ("completions", "输出命令行自动补全脚本"),
    ("shell", "哪一种 shell"),
    ("man", "输出手册页，供 man 阅读"),
    ("command", "输出此命令的手册页，而不是整个程序的"),
    ("code", "规则代码，或简称（如 P01）"),
    ("select", "只查这些规则：代码、简称（如 P01）或类别字母（如 P）"),
    ("ignore", "不查、不改这些规则"),
    ("lexicon", "另用此词表查错别字"),
    (
        "config",
        "从此文件读取设置 [默认：输入所在文件夹或其上级的 hongtou.toml]",
    ),
    ("no_config", "不用配置文件"),
    ("fail_on", "达到何种程度时退出码为 1 [默认：error]"),
    ("--fonts", "用已安装的公文字体，还是只用内置字体 [默认：auto]"),
    ("fonts", "显示所用的字体及其缺字"),
    ("styles list", "列出内置样式"),
    ("styles check", "检查样式文件"),
    ("fonts list", "列出各类字体实际所用的字库"),
    ("fonts check", "显示各字体缺少文本中的哪些字"),
    (
        "fonts_of",
        "优先用此样式所写的字体：样式名称，或以 .toml 结尾的文件 [默认：speech]",
    ),
    ("font_dir", "优先使用此文件夹中的字体"),
    ("styles show", "输出一个样式，连同它所依据的样式，合为一份"),
    ("styles new", "新建自己的样式文件，每个键都有说明"),
    (
        "styles template",
        "写出一个空白 DOCX，带有一个样式的全部段落样式，供在文字处理软件中起草",
    ),
    (
        "embed_fonts",
        "把用到的内置字体装进每个 DOCX，供没有公文字体的电脑显示",
    ),
    ("styles learn", "从本单位排好的一份文档得出样式"),
    ("sample", "样本：DOCX 文档"),
    ("styles schema", "输出样式文件的 JSON Schema，供编辑器提示用"),
    ("profile", "内置样式的名称，或以 .toml 结尾的文件"),
    ("extends", "所依据的内置样式"),
    ("output", "写到此文件 [默认：标准输出]"),
    ("force", "文件已存在时覆盖"),
    ("inputs", "文件、文件夹、带 * 和 ? 的通配符，或 -（标准输入）"),
    ("files_from", "另从此文件读取输入清单，每行一个（- 为标准输入）"),
    ("hidden", "也转换隐藏的文件和文件夹"),
    ("timings", "在报告中加上每个文件的用时"),
    ("input", "文件，或 -（标准输入）"),
    ("out_dir", "输出文件夹 [默认：与输入同一文件夹]"),
    (
        "to",
        "输出格式；png 为每页一幅图：NAME-1.png、NAME-2.png…… [默认：docx,pdf]",
    ),
    ("dpi", "图的分辨率，每英寸 18 至 600 像素"),
    (
        "style",
        "样式：名称，或以 .toml 结尾的文件 [默认：文件头中所写的，否则为 speech]",
    ),
    (
        "fix",
        "自动更正的范围，每处更正都会列出 [默认：convert 为 safe，其他为 none]",
    ),
    ("encoding", "输入的编码，如 gb18030 [默认：自动识别]"),
    ("kind", "文种 [默认：自动识别]"),
    ("meta", "文中没有的要素，如 doc-number=…；优先于正文和文件头"),
    ("draft", "缺少格式所需的要素也转换"),
    ("max_size", "拒绝大于此数（MB）的输入"),
    ("jobs", "线程数 [默认：处理器个数]"),
    ("overwrite", "输出已存在时怎么办 [默认：always]"),
    ("dry_run", "只显示将写出什么，不写文件"),
    ("watch", "转换后继续监视，保存一个转换一个，按 Ctrl-C 结束"),
    (
        "report",
        "把每个文件的情况写成报告：文件名以 .html 结尾的供人看，其他为 JSON（- 为标准输出）；可给出多个",
    ),
    ("json", "以 JSON 输出报告"),
    ("quiet", "只显示失败"),
    ("format", "输出形式"),
    ("name", "样式名称"),
    ("fill", "列出文中待填的空白（x县、20x年、{{名称}}），或填上"),
    ("set", "空白的值，按名称或序号；一个值也不给时列出空白"),
    ("values", "各空白的值：TOML 文件，或一行一份的 CSV 文件"),
    ("revisions", "在 DOCX 中把更正作为修订，供接受或拒绝"),
    ("comments", "在 DOCX 中把问题作为批注"),
    ("name_column", "以此列作各份的文件名 [默认：序号]"),
    ("file", "以 .toml 结尾的文件"),
    ("lang", "提示信息的语言 [默认：系统语言]"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
];

/// The help of the argument that clap calls `written`: `--max-size <MB>` or `<INPUTS>...`.
pub(super) fn help_of(written: &str) -> Option<&'static str> {
    let name = match written.strip_prefix("--") {
        Some(long) => long.split([' ', '=']).next()?,
        None => written.trim_matches(['<', '>', '[', ']', '.']),
    };
    term(&name.to_ascii_lowercase().replace('-', "_"))
}

fn term(name: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(id, _)| *id == name).map(|(_, zh)| *zh)
}

/// Help in Chinese. `parent` is the name of the command above, for commands that several have.
pub(super) fn chinese(mut command: clap::Command, parent: &str) -> clap::Command {
    /// What clap puts into the line of usage by itself.
    const USAGE: [(&str, &str); 5] = [
        ("Usage: ", ""),
        ("[OPTIONS]", "[选项]"),
        ("<COMMAND>", "<命令>"),
        ("[COMMAND]", "[命令]"),
        ("[INPUTS]", "[输入]"),
    ];
    const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";
    command.build();
    let mut usage = command.render_usage().to_string();
    for (english, chinese) in USAGE {
        usage = usage.replace(english, chinese);
    }
    command = command
        .override_usage(usage)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令");
    let name = command.get_name().to_owned();
    if let Some(about) = term(&format!("{parent} {name}")).or_else(|| term(&name)) {
        command = command.about(about);
    }
    command = command.mut_args(argument_in_chinese);
    command.mut_subcommands(|subcommand| chinese(subcommand, &name))
}

fn argument_in_chinese(argument: clap::Arg) -> clap::Arg {
    let heading = if argument.is_positional() {
        "参数"
    } else {
        "选项"
    };
    let argument = argument.help_heading(heading);
    let id = argument.get_id().as_str();
    let Some(help) = term(&format!("--{id}")).or_else(|| term(id)) else {
        return argument;
    };
    // What clap adds to help by itself it adds in English.
    let mut help = help.to_owned();
    if argument.get_action().takes_values() {
        let values = argument.get_possible_values();
        if !values.is_empty() {
            let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
            help += &format!(" [可选：{}]", names.join("、"));
        }
        if let [default] = argument.get_default_values() {
            help += &format!(" [默认：{}]", default.to_string_lossy());
        }
    }
    argument
        .help(help)
        .hide_possible_values(true)
        .hide_default_value(true)
}
