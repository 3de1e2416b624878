// docx from npm: npm_docx.js TEXTS COUNT PEERS; prints milliseconds of processor time for each document, and bytes.
const fs = require("fs");
const path = require("path");
const [texts, count, peers] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const { AlignmentType, Document, LineRuleType, Packer, Paragraph, TextRun } = require(path.join(peers, "node_modules/docx"));

const millimetres = (length) => Math.round((length / 25.4) * 1440);
const run = (text, font, points) =>
  new TextRun({ text, size: 2 * points, font: { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: font } });

function paragraph(line, number) {
  const spacing = { line: 579, lineRule: LineRuleType.EXACT };
  if (number === 0) {
    return new Paragraph({ spacing, alignment: AlignmentType.CENTER, children: [run(line, "方正小标宋简体", 22)] });
  }
  let children;
  if (/^[一二三]、/.test(line)) {
    children = [run(line, "黑体", 16)];
  } else if (/^(.[是要]|第)/.test(line)) {
    const end = line.indexOf("。") + 1;
    children = [run(line.slice(0, end), "楷体_GB2312", 16), run(line.slice(end), "仿宋_GB2312", 16)];
  } else {
    children = [run(line, "仿宋_GB2312", 16)];
  }
  return new Paragraph({ spacing, indent: { firstLine: 640 }, children });
}

async function convert(lines) {
  const page = {
    size: { width: millimetres(210), height: millimetres(297) },
    margin: { top: millimetres(37), bottom: millimetres(35), left: millimetres(28), right: millimetres(26) },
  };
  return Packer.toBuffer(new Document({ sections: [{ properties: { page }, children: lines.map(paragraph) }] }));
}

(async () => {
  const sources = [];
  for (let number = 0; number < count; number++) {
    sources.push(fs.readFileSync(path.join(texts, `${number}.txt`), "utf8").split("\n").filter(Boolean));
  }
  for (let warm = 0; warm < 20; warm++) await convert(sources[warm % count]);
  const begun = process.cpuUsage();
  let made;
  for (const lines of sources) made = await convert(lines);
  const spent = process.cpuUsage(begun);
  console.log((spent.user + spent.system) / 1000 / count, made.length);
})();
