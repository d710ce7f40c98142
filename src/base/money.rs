//! Money: whole minor units of an ISO 4217 currency, checked arithmetic, exact splits.

use crate::base::number;
use rust_decimal::Decimal;
use std::fmt;

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Codes in use whose minor unit is not a hundredth. Source: ISO 4217, list one.
const EXPONENTS: &[(&str, u32)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// Codes in use whose minor unit is a hundredth. Source: ISO 4217, list one.
const HUNDREDTHS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR \
IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK \
NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY \
TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

impl Currency {
    /// The currency of a code, in any case; none where ISO 4217 does not list it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let upper = code.trim().to_ascii_uppercase();
        let known = EXPONENTS.iter().any(|(listed, _)| *listed == upper) || HUNDREDTHS.split(' ').any(|listed| listed == upper);
        if !known {
            return None;
        }
        let bytes: [u8; 3] = upper.as_bytes().try_into().ok()?;
        Some(Self(bytes))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimal places of the minor unit: 2 for GBP, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn exponent(self) -> u32 {
        EXPONENTS.iter().find(|(code, _)| *code == self.code()).map_or(2, |(_, exponent)| *exponent)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Why an amount could not be made or added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// The result does not fit into 64 bits of minor units.
    Overflow,
    /// Two currencies were mixed.
    CurrencyMismatch {
        /// Currency of the left amount.
        left: Currency,
        /// Currency of the right amount.
        right: Currency,
    },
    /// The amount has digits below the minor unit.
    FinerThanMinorUnit,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overflow => f.write_str("the amount is too large"),
            Self::CurrencyMismatch { left, right } => write!(f, "{left} and {right} cannot be added"),
            Self::FinerThanMinorUnit => f.write_str("the amount has digits below the currency's minor unit"),
        }
    }
}

impl std::error::Error for MoneyError {}

/// An exact amount: whole minor units (pence, cents, yen) of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole minor units.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of whole minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Rounds a decimal amount to minor units, half away from zero: the one rounding of a reported figure.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] where the amount does not fit.
    pub fn rounded(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let scaled = amount.checked_mul(Decimal::from(10i64.pow(currency.exponent()))).ok_or(MoneyError::Overflow)?;
        let minor = i64::try_from(number::round(scaled, 0)).map_err(|_| MoneyError::Overflow)?;
        Ok(Self { minor, currency })
    }

    /// Takes a decimal amount that must already be whole minor units, as a ledger's must.
    ///
    /// # Errors
    /// [`MoneyError::FinerThanMinorUnit`] where digits would be lost; [`MoneyError::Overflow`] where it does not fit.
    pub fn exact(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let money = Self::rounded(amount, currency)?;
        if money.amount() == amount { Ok(money) } else { Err(MoneyError::FinerThanMinorUnit) }
    }

    /// The amount in major units, exactly.
    #[must_use]
    pub fn amount(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// Adds an amount of the same currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] and [`MoneyError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency });
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// Subtracts an amount of the same currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] and [`MoneyError::Overflow`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        let negated = other.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        self.checked_add(Self { minor: negated, ..other })
    }

    /// Splits the amount in proportion to non-negative weights, as [`split`].
    #[must_use]
    pub fn split(self, weights: &[u64]) -> Vec<Self> {
        split(self.minor, weights).into_iter().map(|minor| Self { minor, ..self }).collect()
    }
}

/// Splits whole units in proportion to non-negative weights; the parts add up to the whole, the units left over go to the
/// largest remainders (earlier parts first where they tie). No weight above zero: everything to the first part.
#[must_use]
pub fn split(units: i64, weights: &[u64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if weights.is_empty() {
        return Vec::new();
    }
    if total == 0 {
        return (0..weights.len()).map(|index| if index == 0 { units } else { 0 }).collect();
    }
    let exact = |weight: &u64| i128::from(units) * i128::from(*weight);
    let mut parts: Vec<i128> = weights.iter().map(|weight| exact(weight).div_euclid(total)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(exact(&weights[index]).rem_euclid(total)), index));
    let left_over = i128::from(units) - parts.iter().sum::<i128>();
    for &index in order.iter().take(usize::try_from(left_over).unwrap_or(0)) {
        parts[index] += 1;
    }
    parts.into_iter().map(|part| i64::try_from(part).unwrap_or(0)).collect()
}

/// Shares of a whole number of units that add up to it: each exact share rounded down, the units left over to the largest
/// remainders (earlier shares first where they tie). `total` is the rounded sum of the exact shares, which may be of either
/// sign; the difference of a total further away goes to the first share.
#[must_use]
pub fn apportion(total: i64, exact: &[Decimal]) -> Vec<i64> {
    let floors: Vec<i128> = exact.iter().map(|share| i128::try_from(share.floor()).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(exact[index] - exact[index].floor()), index));
    let left_over = i128::from(total) - floors.iter().sum::<i128>();
    let mut shares = floors;
    let units = usize::try_from(left_over).unwrap_or(0).min(order.len());
    for &index in order.iter().take(units) {
        shares[index] += 1;
    }
    if let (Some(first), Ok(units)) = (shares.first_mut(), i128::try_from(units)) {
        *first += left_over - units;
    }
    shares.into_iter().map(|share| i64::try_from(share).unwrap_or(0)).collect()
}

impl fmt::Display for Money {
    /// `1,234.50 GBP`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.amount().to_string();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let grouped = number::grouped(whole);
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{grouped}{point}{fraction} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gbp(minor: i64) -> Money {
        Money::new(minor, Currency::parse("GBP").expect("listed"))
    }

    #[test]
    fn apportioned_shares_add_up_and_stay_within_a_unit() {
        let exact: Vec<Decimal> = ["0.5", "-1.5", "2.25", "-0.25"].iter().map(|text| text.parse().expect("a number")).collect();
        // Floors 0, -2, 2, -1 make -1; the total, 1, leaves two units for the remainders 0.75 and the first 0.5.
        assert_eq!(apportion(1, &exact), [1, -2, 2, 0]);
        assert_eq!(apportion(7, &[]), Vec::<i64>::new());
        assert_eq!(apportion(9, &exact[..2]), [10, -1]);
    }

    #[test]
    fn exponents_are_those_of_iso_4217() {
        for (code, exponent) in [("GBP", 2), ("jpy", 0), ("KWD", 3), ("CLF", 4)] {
            assert_eq!(Currency::parse(code).map(Currency::exponent), Some(exponent));
        }
        assert_eq!(Currency::parse("XYZ"), None);
    }

    #[test]
    fn a_ledger_amount_finer_than_a_penny_is_refused() {
        let currency = Currency::parse("GBP").expect("listed");
        assert_eq!(Money::exact(Decimal::new(10_001, 3), currency), Err(MoneyError::FinerThanMinorUnit));
        assert_eq!(Money::exact(Decimal::new(1_000, 2), currency), Ok(gbp(1_000)));
        assert_eq!(Money::rounded(Decimal::new(10_005, 3), currency), Ok(gbp(1_001)));
        assert_eq!(Money::rounded(Decimal::MAX, currency), Err(MoneyError::Overflow));
    }

    #[test]
    fn a_half_is_rounded_away_from_nothing() {
        let currency = Currency::parse("GBP").expect("listed");
        for (thousandths, minor) in
            [(10_005, 1_001), (-10_005, -1_001), (10_004, 1_000), (-10_004, -1_000), (5, 1), (-5, -1), (4, 0)]
        {
            assert_eq!(Money::rounded(Decimal::new(thousandths, 3), currency), Ok(gbp(minor)), "{thousandths}");
        }
        let yen = Currency::parse("JPY").expect("listed");
        assert_eq!(Money::rounded(Decimal::new(15, 1), yen), Ok(Money::new(2, yen)));
        assert_eq!(Money::exact(Decimal::new(15, 1), yen), Err(MoneyError::FinerThanMinorUnit));
    }

    #[test]
    fn currencies_are_not_mixed_and_limits_are_not_passed() {
        let euro = Money::new(1, Currency::parse("EUR").expect("listed"));
        let mixed = MoneyError::CurrencyMismatch { left: gbp(1).currency, right: euro.currency };
        assert_eq!(gbp(1).checked_add(euro), Err(mixed));
        assert_eq!(gbp(1).checked_sub(euro), Err(mixed));
        assert_eq!(gbp(i64::MAX).checked_add(gbp(1)), Err(MoneyError::Overflow));
        assert_eq!(gbp(i64::MIN).checked_sub(gbp(1)), Err(MoneyError::Overflow));
        assert_eq!(gbp(-1).checked_sub(gbp(i64::MIN)), Err(MoneyError::Overflow));
        assert_eq!((gbp(5).checked_add(gbp(-7)), gbp(5).checked_sub(gbp(7))), (Ok(gbp(-2)), Ok(gbp(-2))));
    }

    #[test]
    fn units_left_over_go_to_the_largest_remainder_then_to_the_first() {
        assert_eq!(split(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(split(-10, &[1, 1, 1]), [-3, -3, -4]);
        assert_eq!(split(100, &[1, 2, 4]), [14, 29, 57]);
        assert_eq!(split(7, &[0, 0]), [7, 0]);
        assert_eq!(split(7, &[0, 3, 0]), [0, 7, 0]);
        assert_eq!(split(7, &[]), Vec::<i64>::new());
        assert_eq!(split(i64::MIN, &[1, u64::MAX]), [0, i64::MIN]);
    }

    #[test]
    fn money_shows_with_grouping() {
        assert_eq!(gbp(-123_456_789).to_string(), "-1,234,567.89 GBP");
        assert_eq!(
            [gbp(0), gbp(99_999), gbp(100_000)].map(|money| money.to_string()),
            ["0.00 GBP", "999.99 GBP", "1,000.00 GBP"]
        );
        assert_eq!(Money::new(1_234_567, Currency::parse("JPY").expect("listed")).to_string(), "1,234,567 JPY");
        assert_eq!(gbp(-5).amount(), Decimal::new(-5, 2));
    }

    proptest! {
        #[test]
        fn splits_add_up(minor in any::<i64>(), weights in prop::collection::vec(0u64..1_000_000_000, 1..20)) {
            let parts = gbp(minor).split(&weights);
            let sum: i128 = parts.iter().map(|part| i128::from(part.minor)).sum();
            prop_assert_eq!(sum, i128::from(minor));
        }

        #[test]
        fn a_part_is_within_one_unit_of_its_share(minor in -1_000_000_000i64..1_000_000_000, weights in prop::collection::vec(1u64..1_000, 1..12)) {
            let total: u64 = weights.iter().sum();
            for (part, weight) in gbp(minor).split(&weights).iter().zip(&weights) {
                let off = i128::from(part.minor) * i128::from(total) - i128::from(minor) * i128::from(*weight);
                prop_assert!(off.abs() < i128::from(total));
            }
        }

        #[test]
        fn adding_and_subtracting_undo(a in any::<i32>(), b in any::<i32>()) {
            let (a, b) = (gbp(i64::from(a)), gbp(i64::from(b)));
            prop_assert_eq!(a.checked_add(b).and_then(|sum| sum.checked_sub(b)), Ok(a));
        }
    }
}
