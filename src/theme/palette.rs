//! Holds the colours of the embedded themes to what people can read: in both schemes, every ink on every ground it stands on.

use std::collections::BTreeMap;

use crate::theme::{EMBEDDED_THEMES, Theme};

/// The two schemes by the switch that gives them.
const SCHEMES: [&str; 2] = ["--light", "--dark"];

/// Inks with the grounds on which they are printed, at 4.5:1 or more.
const INKS: &[(&str, &[&str])] = &[
    (
        "--ink",
        &[
            "--paper",
            "--wash",
            "--wash-strong",
            "--accent-wash",
            "--green-wash",
            "--amber-wash",
            "--red-wash",
            "--blue-wash",
        ],
    ),
    ("--ink-soft", &["--paper", "--wash", "--wash-strong", "--amber-wash", "--red-wash", "--green-wash"]),
    ("--ink-faint", &["--paper", "--wash"]),
    ("--accent", &["--paper", "--wash", "--accent-wash", "--amber-wash"]),
    ("--accent-visited", &["--paper", "--wash"]),
    ("--green-ink", &["--paper", "--wash", "--green-wash"]),
    ("--amber-ink", &["--paper", "--wash", "--amber-wash"]),
    ("--red-ink", &["--paper", "--wash", "--red-wash"]),
    ("--blue-ink", &["--paper", "--wash", "--blue-wash"]),
    ("--green-on", &["--green-fill"]),
    ("--amber-on", &["--amber-fill"]),
    ("--red-on", &["--red-fill"]),
    ("--blue-on", &["--blue-fill"]),
    ("--paper", &["--ink"]),
];

/// Shapes and frames that must be seen, at 3:1 or more.
const SHAPES: &[(&str, &[&str])] = &[
    ("--rule-strong", &["--paper"]),
    ("--green-fill", &["--paper"]),
    ("--red-fill", &["--paper"]),
    ("--blue-fill", &["--paper"]),
    ("--grey-fill", &["--paper"]),
    ("--amber-ink", &["--paper"]),
    ("--focus", &["--paper"]),
    ("--chart-earned", &["--paper"]),
    ("--chart-actual", &["--paper"]),
    ("--chart-status", &["--paper"]),
    ("--chart-critical", &["--paper"]),
    ("--chart-gate", &["--paper"]),
];

/// The properties of a theme in the order in which its sheets give them, the last one winning.
fn properties(theme: &str) -> BTreeMap<String, String> {
    let theme = Theme::on(theme, &BTreeMap::new()).unwrap();
    let mut found = BTreeMap::new();
    let sheets = ["site.css", "chart.css", "folio.css"];
    for bytes in sheets.iter().filter_map(|sheet| theme.assets().get(&format!("assets/{sheet}"))) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        // Paper and forced colours have colours of their own.
        let text = text.split("@media print").next().unwrap().split("@media (forced-colors").next().unwrap();
        for line in text.lines().filter_map(|line| line.trim().strip_suffix(';')) {
            if let Some((name, value)) = line.split_once(": ").filter(|(name, _)| name.starts_with("--")) {
                found.insert(name.to_owned(), value.to_owned());
            }
        }
    }
    found
}

/// The colour of a property in one scheme, as `#rrggbb`.
fn colour(properties: &BTreeMap<String, String>, name: &str, scheme: &str) -> String {
    let value = &properties[name];
    if let Some((_, rest)) = value.split_once(&format!("var({scheme}, #")) {
        return format!("#{}", &rest[..6]);
    }
    let other =
        value.strip_prefix("var(").unwrap_or_else(|| panic!("{name}: {value} is not given for {scheme}"));
    colour(properties, other.split([',', ')']).next().unwrap(), scheme)
}

/// Contrast of two colours: (lighter + 0.05) / (darker + 0.05) of their relative luminances. Source: WCAG 2.2, "contrast ratio".
///
/// Worked example: black on white is (1 + 0.05) / (0 + 0.05) = 21.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |place: usize| {
            let value = f64::from(u8::from_str_radix(&colour[place..place + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
}

#[test]
fn every_ink_is_readable_in_every_theme_and_scheme() {
    let mut pale = Vec::new();
    for theme in EMBEDDED_THEMES {
        let properties = properties(theme.name);
        for (pairs, least) in [(INKS, 4.5), (SHAPES, 3.0)] {
            for (ink, grounds) in pairs {
                for (ground, scheme) in
                    grounds.iter().flat_map(|ground| SCHEMES.map(|scheme| (ground, scheme)))
                {
                    let ratio =
                        contrast(&colour(&properties, ink, scheme), &colour(&properties, ground, scheme));
                    if ratio < least {
                        pale.push(format!("{} {scheme}: {ink} on {ground} is {ratio:.2}", theme.name));
                    }
                }
            }
        }
    }
    assert!(pale.is_empty(), "{}", pale.join("\n"));
}

/// One place decides between light and dark; a sheet that asks the system again would not follow the switch.
#[test]
fn one_place_decides_between_light_and_dark() {
    for theme in EMBEDDED_THEMES {
        for (path, bytes) in Theme::on(theme.name, &BTreeMap::new()).unwrap().assets() {
            let asked = String::from_utf8_lossy(bytes).matches("prefers-color-scheme").count();
            // The mark in the browser's tab is drawn outside the page, where no switch reaches.
            let allowed = usize::from(path == "assets/site.css" || path == "assets/milepost.svg");
            assert_eq!(asked, allowed, "{}: {path} asks for the scheme by itself", theme.name);
        }
    }
}
