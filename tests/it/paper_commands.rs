//! The commands that print: `gate print`, `build --pdf`, `gate bundle`; and what they say where they cannot.

use std::path::Path;

use crate::frozen_records::{copy, done, refused, sample};

/// A portfolio of the one small project.
fn portfolio() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    copy(&sample().join("projects/rfid-loans"), &scratch.path().join("portfolio/projects/rfid-loans"));
    for shared in ["people.yaml", "portfolio.yaml"] {
        std::fs::copy(sample().join(shared), scratch.path().join("portfolio").join(shared)).unwrap();
    }
    scratch
}

fn is_there(folder: &Path, path: &str) -> bool {
    folder.join(path).exists()
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_nothing_is_printed_or_written_and_the_way_is_told() {
    let scratch = portfolio();
    let folder = scratch.path();
    let told = ["built without PDF", "cargo install milepost --features pdf", "prints well from a browser"];
    refused(&["gate", "print", "rfid-loans/G1", "portfolio"], folder, &told);
    assert!(!is_there(folder, "rfid-loans-G1.pdf"));
    refused(&["build", "portfolio", "--pdf"], folder, &told);
    assert!(!is_there(folder, "site"));
    // An archive is packed all the same, with pages alone.
    done(&["gate", "bundle", "rfid-loans/G1", "portfolio", "--out", "one.zip"], folder);
    let packed = std::fs::read(folder.join("one.zip")).unwrap();
    assert!(has(&packed, "gates/G1.html") && !has(&packed, ".pdf"));
}

/// Whether these words stand somewhere among some bytes; names of files stand in an archive as they are.
fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[cfg(feature = "pdf")]
mod with_the_feature {
    use super::*;
    use crate::frozen_records::milepost;

    fn bytes(folder: &Path, path: &str) -> Vec<u8> {
        std::fs::read(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[test]
    fn a_gate_is_printed_to_the_same_bytes_each_time() {
        let scratch = portfolio();
        let folder = scratch.path();
        done(&["gate", "print", "rfid-loans/G1", "portfolio"], folder);
        // By the code of the project, and however the gate is written.
        done(&["gate", "print", "LOAN-02/g1", "portfolio", "--out", "again.pdf"], folder);
        let pdf = bytes(folder, "rfid-loans-G1.pdf");
        assert!(pdf.starts_with(b"%PDF-1.7") && pdf == bytes(folder, "again.pdf"));
        let letter =
            ["gate", "print", "rfid-loans/G1", "portfolio", "--out", "again.pdf", "--paper", "letter"];
        done(&letter, folder);
        assert!(pdf != bytes(folder, "again.pdf"));
        refused(&["gate", "print", "rfid-loans/G3", "portfolio"], folder, &["has no gate G3", "name `G1`"]);
        // With one project in the folder its gate needs no more than its name.
        done(&["gate", "print", "G1", "portfolio", "--out", "short.pdf"], folder);
        assert!(pdf == bytes(folder, "short.pdf"));
        refused(&["gate", "print", "rfid-lons/G1", "portfolio"], folder, &["rfid-lons", "rfid-loans"]);
    }

    #[test]
    fn the_site_has_the_documents_on_paper_beside_their_pages_only_where_they_are_wanted() {
        let scratch = portfolio();
        let folder = scratch.path();
        done(&["build", "portfolio", "--pdf", "--out", "site"], folder);
        done(&["gate", "print", "rfid-loans/G1", "portfolio", "--out", "alone.pdf"], folder);
        assert!(bytes(folder, "site/rfid-loans/gates/G1.pdf") == bytes(folder, "alone.pdf"));
        let page = String::from_utf8(bytes(folder, "site/rfid-loans/gates/G1.html")).unwrap();
        assert!(page.contains("href=\"G1.pdf\""));
        let reports = std::fs::read_dir(folder.join("site/rfid-loans/reports")).unwrap();
        let mut reports: Vec<String> =
            reports.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        reports.sort();
        assert!(
            reports.iter().any(|name| Path::new(name).extension().is_some_and(|ending| ending == "pdf")),
            "{reports:?}"
        );

        done(&["build", "portfolio", "--out", "site"], folder);
        assert!(!is_there(folder, "site/rfid-loans/gates/G1.pdf"));
        let page = String::from_utf8(bytes(folder, "site/rfid-loans/gates/G1.html")).unwrap();
        assert!(!page.contains("G1.pdf"));
    }

    #[test]
    fn a_template_that_fails_leaves_everything_as_it_was() {
        let scratch = portfolio();
        let folder = scratch.path();
        std::fs::create_dir_all(folder.join("portfolio/theme/documents")).unwrap();
        std::fs::write(folder.join("portfolio/theme/documents/G1.typ"), "\n#nonsense").unwrap();
        let told = ["rfid-loans/gates/G1.pdf", "unknown variable: nonsense", "theme/documents/G1.typ:2"];
        refused(&["gate", "print", "rfid-loans/G1", "portfolio"], folder, &told);
        refused(&["build", "portfolio", "--pdf"], folder, &told);
        assert!(!is_there(folder, "rfid-loans-G1.pdf") && !is_there(folder, "site"));
    }

    #[test]
    fn an_archive_holds_the_documents_on_paper_and_names_them() {
        let scratch = portfolio();
        let folder = scratch.path();
        done(&["gate", "bundle", "rfid-loans/G1", "portfolio", "--out", "one.zip"], folder);
        done(&["gate", "print", "rfid-loans/G1", "portfolio", "--out", "alone.pdf"], folder);
        let mut archive = zip::ZipArchive::new(std::fs::File::open(folder.join("one.zip")).unwrap()).unwrap();
        let mut file = |name: &str| {
            let mut bytes = Vec::new();
            let mut file = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            bytes
        };
        assert!(file("site/rfid-loans/gates/G1.pdf") == bytes(folder, "alone.pdf"));
        let (manifest, sums) = (file("MANIFEST.txt"), file("SHA256SUMS"));
        // What is done as the archive says makes all of it again, on paper too.
        assert!(has(&manifest, "milepost build sources --out again --pdf makes pages and PDFs again"));
        for list in [manifest, sums] {
            assert!(has(&list, "site/rfid-loans/gates/G1.pdf"), "{}", String::from_utf8_lossy(&list));
        }
        let again = milepost(&["gate", "bundle", "rfid-loans/G1", "portfolio", "--out", "two.zip"], folder);
        assert!(again.status.success() && bytes(folder, "one.zip") == bytes(folder, "two.zip"));
    }
}
