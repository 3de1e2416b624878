//! Processor time of each stage, on the longest sample, with the fonts loaded: `cargo bench`.
//!
//! One core, in-process, no files. What counts is the time of the thread on a processor, not the clock on the wall, so
//! that a busy machine says the same as an idle one. Throughput counts characters of the text, so that runs on other
//! texts compare.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use hongtou::convert::{Format, Options, ReadOptions, convert};
use hongtou::font::FontBook;
use hongtou::layout::layout;
use hongtou::lint::lint;
use hongtou::normalize::{FixLevel, normalize};
use hongtou::parse::{ParseOptions, parse};
use hongtou::profile::Profile;
use hongtou::source::decode;
use hongtou::style;
use hongtou::writer::{docx, pdf};

const TEXT: &[u8] = include_bytes!("../samples/work-conference.txt");

/// The time a thread has been on a processor.
struct ProcessorTime;

impl Measurement for ProcessorTime {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, time: &Duration) -> f64 {
        WallTime.to_f64(time)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

#[expect(clippy::unwrap_used, reason = "the sample and the profile are our own")]
fn stages(criterion: &mut Criterion<ProcessorTime>) {
    let fonts = Arc::new(FontBook::bundled().unwrap());
    let profile = Arc::new(Profile::builtin("speech").unwrap());
    let text = decode(TEXT, None).unwrap().text;
    let parse_options = ParseOptions::default();
    let document = parse(&text, &parse_options).document;
    let styled = style::apply(&document, &profile);
    let paged = layout(&styled, &fonts).unwrap();
    let properties = docx::Properties::default();
    let options = |format| Options {
        read: ReadOptions {
            fix: FixLevel::Safe,
            ..ReadOptions::default()
        },
        ..Options::new(Arc::clone(&profile), Arc::clone(&fonts), vec![format])
    };

    let lint_options = hongtou::lint::Options::default();

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Elements(text.chars().count() as u64));
    group.bench_function("decode", |b| b.iter(|| decode(black_box(TEXT), None)));
    group.bench_function("parse", |b| b.iter(|| parse(black_box(&text), &parse_options)));
    group.bench_function("normalize", |b| {
        b.iter_batched_ref(
            || document.clone(),
            |document| normalize(document, &text, FixLevel::Safe),
            criterion::BatchSize::SmallInput,
        );
    });
    group.bench_function("lint", |b| b.iter(|| lint(black_box(&document), &lint_options)));
    group.bench_function("style", |b| {
        b.iter(|| style::apply(black_box(&document), &profile))
    });
    group.bench_function("docx", |b| {
        b.iter(|| docx::write(black_box(&styled), &properties))
    });
    group.bench_function("layout", |b| b.iter(|| layout(black_box(&styled), &fonts)));
    group.bench_function("pdf", |b| {
        b.iter_batched(
            || paged.clone(),
            |paged| pdf::write(paged, &fonts, &properties),
            criterion::BatchSize::SmallInput,
        );
    });
    group.finish();

    let mut group = criterion.benchmark_group("convert");
    group.throughput(Throughput::Elements(text.chars().count() as u64));
    for (name, format) in [("to docx", Format::Docx), ("to pdf", Format::Pdf)] {
        let options = options(format);
        group.bench_function(name, |b| b.iter(|| convert(black_box(TEXT), &options)));
    }
    group.finish();
}

criterion_group!(
    name = benches;
    config = Criterion::default().with_measurement(ProcessorTime);
    targets = stages
);
criterion_main!(benches);
