//! `docs/performance.md`: what was measured, on which machine and when.

use std::fs;
use std::process::Command;
use std::time::SystemTime;

use super::root;

/// Puts `report` between the marks of its section, with the machine and the day.
pub(super) fn put(section: &str, report: &str) -> Result<(), String> {
    let path = root().join("docs/performance.md");
    let fault = |error: std::io::Error| format!("{}: {error}", path.display());
    let page = String::from_utf8(fs::read(&path).map_err(fault)?).map_err(|error| error.to_string())?;
    let (begin, end) = (
        format!("<!-- {section} -->\n"),
        format!("<!-- end of {section} -->\n"),
    );
    let missing = || format!("{}: no marks {begin}", path.display());
    let (before, rest) = page.split_once(&begin).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&end).ok_or_else(missing)?;
    let page = format!(
        "{before}{begin}{}\n\n{}\n{end}{after}",
        machine(),
        report.trim_end()
    );
    fs::write(&path, page).map_err(fault)?;
    println!("written to docs/performance.md");
    Ok(())
}

fn machine() -> String {
    let file = |path: &str| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
    let cpus = file("/proc/cpuinfo");
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |line| {
            line.trim_start_matches([' ', '\t', ':'])
        });
    let cores = cpus.lines().filter(|line| line.starts_with("processor")).count();
    let memory = file("/proc/meminfo")
        .lines()
        .find_map(|line| {
            line.strip_prefix("MemTotal:")?
                .trim()
                .strip_suffix("kB")?
                .trim()
                .parse::<u64>()
                .ok()
        })
        .map_or(0, |kb| kb.div_ceil(1 << 20));
    let rust = Command::new("rustc")
        .arg("--version")
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default();
    format!(
        "Measured on {}: {model}, {cores} cores, {memory} GB, {}, {rust}, files in memory.",
        today(),
        std::env::consts::OS
    )
}

/// The day as `2026-03-05` (UTC).
#[expect(clippy::disallowed_methods, reason = "a measurement says when it was made")]
fn today() -> String {
    let seconds = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let mut days = seconds / 86_400;
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [
        31,
        28 + u64::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}
