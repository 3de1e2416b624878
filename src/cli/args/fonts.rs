//! The arguments of `hongtou fonts`, and those that say which fonts draw the PDF.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde::Deserialize;

use super::ReadArgs;

/// Which fonts draw the PDF.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct FontArgs {
    /// Also take fonts from this folder, before all others
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) font_dir: Vec<PathBuf>,
    /// Use official fonts that are installed, or the bundled ones only [default: auto]
    #[arg(long, value_enum)]
    pub(in crate::cli) fonts: Option<FontsFrom>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FontsArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<FontsCommand>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FontsCommand {
    /// List the face of each category of type
    List {
        #[command(flatten)]
        fonts: FontArgs,
        /// Take the fonts that this style profile names first: a name, or a file ending in .toml [default: speech]
        #[arg(short = 's', long = "style", value_name = "NAME|FILE")]
        fonts_of: Option<String>,
    },
    /// Show which characters of a text each face lacks
    Check {
        /// File, or - for standard input
        file: PathBuf,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        fonts: FontArgs,
        /// Take the fonts that this style profile names first: a name, or a file ending in .toml [default: speech]
        #[arg(short = 's', long = "style", value_name = "NAME|FILE")]
        fonts_of: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum FontsFrom {
    #[default]
    Auto,
    Bundled,
}
