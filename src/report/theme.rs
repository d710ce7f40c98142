//! The look of every report, in one place: colours, fonts, sizes and number formats. No report sets a colour by hand.
//!
//! Looks follow meaning (IBCS): what happened is solid dark, what was planned is outlined, what is expected is hatched;
//! red and green judge by impact and never stand alone: a letter, a sign or a word stands beside them.

use super::book::{Kind, Role, Scale, Tone};
use crate::model::initiative::Rag;

/// A colour, as 0xRRGGBB.
pub type Rgb = u32;

/// A look.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name, such as `default`.
    pub name: String,
    /// Font of everything.
    pub font: String,
    /// Colours.
    pub palette: Palette,
    /// An organisation's own theme, which then gives the colours and fonts that users choose from.
    pub office_theme: Option<OfficeTheme>,
    /// An organisation's logo, placed at the top right of pages.
    pub logo: Option<Logo>,
}

/// The bytes of a `.thmx` file, or of a workbook whose theme to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeTheme {
    /// File name, which tells the kind.
    pub file_name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A picture, png or jpg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Content.
    pub bytes: Vec<u8>,
    /// What it shows, such as `Meridian Foods logo`.
    pub alt_text: String,
}

/// Colours by meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Text.
    pub ink: Rgb,
    /// Secondary text.
    pub muted: Rgb,
    /// Hairlines and borders.
    pub line: Rgb,
    /// Every second row of a table.
    pub band: Rgb,
    /// Paper.
    pub paper: Rgb,
    /// Fill of tiles.
    pub tile: Rgb,
    /// Header rows and titles.
    pub header: Rgb,
    /// Text on header rows.
    pub on_header: Rgb,
    /// Links and what stands out.
    pub accent: Rgb,
    /// A light shade of the accent.
    pub accent_tint: Rgb,
    /// Good news: text and marks.
    pub good: Rgb,
    /// Good news: fill.
    pub good_tint: Rgb,
    /// To be watched: text and marks.
    pub warn: Rgb,
    /// To be watched: fill.
    pub warn_tint: Rgb,
    /// Bad news: text and marks.
    pub bad: Rgb,
    /// Bad news: fill.
    pub bad_tint: Rgb,
    /// What happened.
    pub actual: Rgb,
    /// What was planned (outline).
    pub plan: Rgb,
    /// What is expected (hatch).
    pub forecast: Rgb,
    /// The year before.
    pub previous: Rgb,
    /// Work done at its planned worth.
    pub earned: Rgb,
    /// Fill and text of input cells.
    pub input: (Rgb, Rgb),
    /// Ratings: red, amber-red, amber, amber-green, green, blue; fill and text.
    pub rag: [(Rgb, Rgb); 6],
    /// Equals: lines and columns that no role distinguishes.
    pub series: [Rgb; 6],
}

const WHITE: Rgb = 0xFF_FF_FF;
const BLACK: Rgb = 0x00_00_00;

impl Default for Theme {
    fn default() -> Self {
        Self::plain("default", Palette::calm())
    }
}

impl Theme {
    /// The colour-blind-safe look, after Okabe and Ito, "Color Universal Design" (2008).
    #[must_use]
    pub fn colour_blind_safe() -> Self {
        Self::plain("colour-blind-safe", Palette::okabe_ito())
    }

    /// The look of a name; none where there is no such look.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::default(), Self::colour_blind_safe()].into_iter().find(|theme| theme.name == name)
    }

    fn plain(name: &str, palette: Palette) -> Self {
        Self { name: name.to_string(), font: "Arial".to_string(), palette, office_theme: None, logo: None }
    }

    /// The text and fill colours of a tone.
    #[must_use]
    pub const fn tone(&self, tone: Tone) -> (Rgb, Rgb) {
        let palette = &self.palette;
        match tone {
            Tone::Good => (palette.good, palette.good_tint),
            Tone::Warn => (palette.warn, palette.warn_tint),
            Tone::Bad => (palette.bad, palette.bad_tint),
            Tone::Neutral => (palette.ink, palette.tile),
            Tone::Accent => (palette.accent, palette.accent_tint),
            Tone::Muted => (palette.muted, palette.paper),
        }
    }

    /// The fill and text colours of a rating.
    #[must_use]
    pub const fn rag(&self, rag: Rag) -> (Rgb, Rgb) {
        match rag {
            Rag::Red => self.palette.rag[0],
            Rag::AmberRed => self.palette.rag[1],
            Rag::Amber => self.palette.rag[2],
            Rag::AmberGreen => self.palette.rag[3],
            Rag::Green => self.palette.rag[4],
            Rag::Blue => self.palette.rag[5],
        }
    }

    /// The colour of a series by what it stands for.
    #[must_use]
    pub fn role(&self, role: Role) -> Rgb {
        let palette = &self.palette;
        match role {
            Role::Actual => palette.actual,
            Role::Plan => palette.plan,
            Role::Forecast => palette.forecast,
            Role::Previous => palette.previous,
            Role::Earned => palette.earned,
            Role::AsOf => palette.accent,
            Role::Good => palette.good,
            Role::Warn => palette.warn,
            Role::Bad => palette.bad,
            Role::Limit => palette.muted,
            Role::Palette(index) => palette.series[usize::from(index) % palette.series.len()],
            Role::Base => palette.paper,
        }
    }
}

impl Palette {
    /// Calm greys with one blue; ratings after the Department for Transport's published colours.
    #[must_use]
    pub const fn calm() -> Self {
        Self {
            ink: 0x26_2D_36,
            muted: 0x5E_68_75,
            line: 0xD5_DA_E0,
            band: 0xF6_F8_FA,
            paper: WHITE,
            tile: 0xF3_F5_F8,
            header: 0x2F_3B_4A,
            on_header: WHITE,
            accent: 0x1F_5F_99,
            accent_tint: 0xDC_E9_F5,
            good: 0x17_6B_3A,
            good_tint: 0xDD_F0_E3,
            warn: 0x93_5C_00,
            warn_tint: 0xFD_EE_C9,
            bad: 0xB4_23_18,
            bad_tint: 0xFB_DF_DB,
            actual: 0x40_4A_56,
            plan: 0x7A_86_94,
            forecast: 0x6B_7C_93,
            previous: 0xB5_BD_C7,
            earned: 0x1F_5F_99,
            input: (0xFF_F7_E0, 0x3F_3F_76),
            rag: [
                (0xC0_00_00, WHITE),
                (0xE7_72_00, BLACK),
                (0xFF_BA_00, BLACK),
                (0x92_A7_00, BLACK),
                (0x00_7D_00, WHITE),
                (0x1F_5F_99, WHITE),
            ],
            series: [0x1F_5F_99, 0x40_4A_56, 0xE7_72_00, 0x6A_9F_B5, 0x8A_6B_A8, 0x92_A7_00],
        }
    }

    /// The same calm page with vermillion, orange and bluish green, which colour-blind readers tell apart.
    #[must_use]
    pub const fn okabe_ito() -> Self {
        Self {
            accent: 0x00_5B_8E,
            accent_tint: 0xD9_EC_F7,
            good: 0x00_6B_4F,
            good_tint: 0xD3_EF_E6,
            warn: 0x8A_5A_00,
            warn_tint: 0xFB_EB_C8,
            bad: 0xA8_40_00,
            bad_tint: 0xFA_DF_D0,
            earned: 0x00_72_B2,
            rag: [
                (0xD5_5E_00, BLACK),
                (0xE2_7F_00, BLACK),
                (0xE6_9F_00, BLACK),
                (0x73_9E_3A, BLACK),
                (0x00_9E_73, BLACK),
                (0x00_72_B2, WHITE),
            ],
            series: [0x00_72_B2, 0x00_00_00, 0xD5_5E_00, 0x56_B4_E9, 0xCC_79_A7, 0x00_9E_73],
            ..Self::calm()
        }
    }
}

/// The Excel number format of figures by what they mean.
#[must_use]
pub fn number_format(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Prose | Kind::YesNo | Kind::Rag | Kind::Trend => "General".to_string(),
        Kind::Integer => "#,##0_)".to_string(),
        Kind::Number(places) => format!("{}_)", decimals("#,##0", u32::from(*places))),
        Kind::Money(currency, scale) => money_format(currency.exponent(), *scale),
        Kind::Ratio => "0.00_)".to_string(),
        Kind::Percent => "0.0%_)".to_string(),
        Kind::Days => "#,##0.0_)".to_string(),
        Kind::Date => "dd mmm yyyy".to_string(),
        Kind::Moment => "dd mmm yyyy hh:mm".to_string(),
    }
}

/// Negative in brackets, zero as a dash; thousands and millions by the format alone, so that the cell keeps every digit.
fn money_format(exponent: u32, scale: Scale) -> String {
    let digits = match scale {
        Scale::Exact => decimals("#,##0", exponent),
        Scale::One => "#,##0".to_string(),
        Scale::Thousand => "#,##0.0,".to_string(),
        Scale::Million => "#,##0.0,,".to_string(),
    };
    format!("{digits}_);({digits});\"-\"_)")
}

fn decimals(whole: &str, places: u32) -> String {
    if places == 0 {
        return whole.to_string();
    }
    format!("{whole}.{}", "0".repeat(usize::try_from(places).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "relative luminance" and "contrast ratio".
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let luminance = |colour: Rgb| {
            let channel = |shift: u32| {
                let share = f64::from((colour >> shift) & 0xFF) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
        };
        let (light, dark) = (luminance(a).max(luminance(b)), luminance(a).min(luminance(b)));
        (light + 0.05) / (dark + 0.05)
    }

    #[test]
    fn text_can_be_read_on_its_fill() {
        for theme in [Theme::default(), Theme::colour_blind_safe()] {
            let palette = &theme.palette;
            let mut pairs = vec![(palette.ink, palette.band), (palette.muted, palette.tile), (palette.on_header, palette.header)];
            pairs.extend([palette.input]);
            pairs.extend(palette.rag);
            pairs.extend(
                [Tone::Good, Tone::Warn, Tone::Bad, Tone::Neutral, Tone::Accent, Tone::Muted].map(|tone| theme.tone(tone)),
            );
            for (a, b) in pairs {
                assert!(contrast(a, b) >= 4.5, "{}: {a:06X} on {b:06X} is {:.2}", theme.name, contrast(a, b));
            }
        }
    }

    #[test]
    fn money_keeps_its_digits_and_shows_in_millions() {
        let gbp = crate::base::money::Currency::parse("GBP").expect("listed");
        assert_eq!(number_format(&Kind::Money(gbp, Scale::Million)), "#,##0.0,,_);(#,##0.0,,);\"-\"_)");
        assert_eq!(number_format(&Kind::Money(gbp, Scale::Exact)), "#,##0.00_);(#,##0.00);\"-\"_)");
    }
}
