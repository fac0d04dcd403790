//! Tells cargo that the embedded themes are part of the program, so that a changed template is compiled in.

fn main() {
    println!("cargo:rerun-if-changed=themes");
}
