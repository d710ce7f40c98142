//! Colours of cells by what they mean, as conditional formats: they follow the figures when those change.

use super::formats::colour;
use super::{Canvas, RenderError, Scene};
use crate::base::origin::cell_name;
use crate::model::initiative::Rag;
use crate::report::book::{Column, Kind, Mark, Tone, Trend};
use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatDataBarAxisPosition, ConditionalFormatFormula, Format,
};

/// First row, column, last row.
type Range = (u32, u16, u32);

const RATINGS: [Rag; 6] = [Rag::Red, Rag::AmberRed, Rag::Amber, Rag::AmberGreen, Rag::Green, Rag::Blue];

/// Applies a column's marks to its data cells.
pub fn apply(canvas: &mut Canvas<'_, '_>, column: &Column, range: Range, scene: &Scene<'_>) -> Result<(), RenderError> {
    match column.kind {
        Kind::Rag => rate(canvas, (range.0, range.1, range.2, range.1), scene)?,
        Kind::Trend if column.marks.is_empty() => {
            words(canvas, range, &[(Trend::Flat.arrow().to_string(), Tone::Muted)], scene)?;
        }
        _ => {}
    }
    for mark in &column.marks {
        apply_mark(canvas, mark, range, scene)?;
    }
    Ok(())
}

fn apply_mark(canvas: &mut Canvas<'_, '_>, mark: &Mark, range: Range, scene: &Scene<'_>) -> Result<(), RenderError> {
    let judged = |more_is_good: bool| if more_is_good { (Tone::Good, Tone::Bad) } else { (Tone::Bad, Tone::Good) };
    match mark {
        Mark::Variance { more_is_good } => {
            let (above, below) = judged(*more_is_good);
            compare(canvas, range, ">0", ink(scene, above))?;
            compare(canvas, range, "<0", ink(scene, below))
        }
        Mark::VarianceBar { more_is_good } => {
            let (above, below) = judged(*more_is_good);
            let rgb = |tone: Tone| colour(mixed(scene.theme.tone(tone).0, scene.theme.palette.paper));
            let bar = ConditionalFormatDataBar::new().set_fill_color(rgb(above)).set_negative_fill_color(rgb(below));
            let bar =
                bar.set_solid_fill(true).set_border_off(true).set_axis_position(ConditionalFormatDataBarAxisPosition::Midpoint);
            add(canvas, range, &bar)
        }
        Mark::Bar => {
            let bar = ConditionalFormatDataBar::new().set_fill_color(colour(scene.theme.palette.accent_tint));
            add(canvas, range, &bar.set_solid_fill(true).set_border_off(true))
        }
        Mark::Low { bad, warn } => {
            compare(canvas, range, &format!("<{bad}"), tint(scene, Tone::Bad))?;
            compare(canvas, range, &format!("<{warn}"), tint(scene, Tone::Warn))
        }
        Mark::High { bad, warn } => {
            compare(canvas, range, &format!(">{bad}"), tint(scene, Tone::Bad))?;
            compare(canvas, range, &format!(">{warn}"), tint(scene, Tone::Warn))
        }
        Mark::Words(list) => words(canvas, range, list, scene),
        Mark::QuietZero => compare(canvas, range, "=0", Format::new().set_font_color(colour(scene.theme.palette.line))),
        Mark::Shade => {
            let shade = ConditionalFormat2ColorScale::new().set_minimum_color(colour(scene.theme.palette.paper));
            add(canvas, range, &shade.set_maximum_color(colour(scene.theme.palette.accent_tint)))
        }
    }
}

/// Letters of ratings on their colours, in any rectangle (first row, first column, last row, last column).
pub fn rate(canvas: &mut Canvas<'_, '_>, range: (u32, u16, u32, u16), scene: &Scene<'_>) -> Result<(), RenderError> {
    for rag in RATINGS {
        let (fill, text) = scene.theme.rag(rag);
        let format = Format::new().set_background_color(colour(fill)).set_font_color(colour(text)).set_bold();
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(rag.letter())).set_format(format);
        canvas.sheet.add_conditional_format(range.0, range.1, range.2, range.3, &rule)?;
    }
    Ok(())
}

fn words(canvas: &mut Canvas<'_, '_>, range: Range, list: &[(String, Tone)], scene: &Scene<'_>) -> Result<(), RenderError> {
    for (word, tone) in list {
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(word.as_str()));
        add(canvas, range, &rule.set_format(tint(scene, *tone)))?;
    }
    Ok(())
}

/// Every second row, lightly; the weakest of a column's rules, and over the same cells as the others, because some
/// programs apply one set of rules a cell.
pub fn band(canvas: &mut Canvas<'_, '_>, range: Range, scene: &Scene<'_>) -> Result<(), RenderError> {
    let odd = u32::from(range.0.is_multiple_of(2));
    let format = Format::new().set_background_color(colour(scene.theme.palette.band));
    add(canvas, range, &ConditionalFormatFormula::new().set_rule(format!("=MOD(ROW(),2)={odd}").as_str()).set_format(format))
}

fn tint(scene: &Scene<'_>, tone: Tone) -> Format {
    let (ink, fill) = scene.theme.tone(tone);
    Format::new().set_font_color(colour(ink)).set_background_color(colour(fill))
}

fn ink(scene: &Scene<'_>, tone: Tone) -> Format {
    Format::new().set_font_color(colour(scene.theme.tone(tone).0))
}

/// Text and blanks are neither above nor below anything: only numbers are judged.
fn compare(canvas: &mut Canvas<'_, '_>, range: Range, test: &str, format: Format) -> Result<(), RenderError> {
    let cell = cell_name(range.0, u32::from(range.1));
    let text = format!("=AND(ISNUMBER({cell}),{cell}{test})");
    add(canvas, range, &ConditionalFormatFormula::new().set_rule(text.as_str()).set_format(format))
}

fn add<T>(canvas: &mut Canvas<'_, '_>, range: Range, rule: &T) -> Result<(), RenderError>
where
    T: rust_xlsxwriter::ConditionalFormat + Send + Sync,
{
    canvas.sheet.add_conditional_format(range.0, range.1, range.2, range.1, rule)?;
    Ok(())
}

/// Halfway between a colour and the paper, so that figures stay readable on it.
fn mixed(rgb: u32, paper: u32) -> u32 {
    let channel = |shift: u32| (((rgb >> shift) & 0xFF) * 2 + ((paper >> shift) & 0xFF) * 3) / 5;
    channel(16) << 16 | channel(8) << 8 | channel(0)
}
