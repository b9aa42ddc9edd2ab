//! Occasions by their commonest phrases: of routine, and in languages other than English. They are no more than a hint: a text with one of
//! them, short and without a word of an effect, may be merely an occasion.

/// In lower case and without signs, as the words of a sentence are joined.
const PHRASES: &[&str] = &[
    "patch day",
    "patchday",
    "regular patch",
    "routine patch",
    "routine maintenance",
    "maintenance patch",
    "neue version",
    "neuen version",
    "neueste version",
    "neuesten version",
    "neuesten stand",
    "aktuelle version",
    "aktuellen stand",
    "hersteller empfiehlt",
    "hersteller es empfiehlt",
    "vom hersteller empfohlen",
    "nouvelle version",
    "dernière version",
    "éditeur recommande",
    "fournisseur recommande",
    "nueva versión",
    "última versión",
    "proveedor recomienda",
    "fabricante recomienda",
    "最新版",
    "最新バージョン",
    "新バージョン",
    "新しいバージョン",
    "が出たため",
    "がリリースされたため",
];
/// Stems of what is gained, with which a text is given the benefit of the doubt.
const EFFECTS: &[&str] = &[
    "beheb",
    "schließ",
    "schliess",
    "ermöglich",
    "verhinder",
    "unterstütz",
    "beschleunig",
    "lücke",
    "fehler",
    "sicherheit",
    "weil sonst",
    "corrig",
    "permet",
    "permit",
    "évit",
    "evita",
    "faille",
    "ferme",
    "cierra",
    "sécurité",
    "seguridad",
    "vulnerab",
    "vulnérab",
    "soport",
    "support",
    "cve",
    "修正",
    "対応",
    "改善",
    "脆弱",
    "不具合",
    "サポート",
    "解消",
];
/// Longer texts say something besides.
const MOST_WORDS: usize = 12;

/// Whether the words of a text, in lower case, may be merely an occasion.
pub fn is_occasion(sentence: &str) -> bool {
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
    let words = || sentence.split(' ');
    words().count() <= MOST_WORDS
        && has(PHRASES)
        && !has(EFFECTS)
        && !words().any(|word| super::has_stem(word, super::EFFECTS))
}
