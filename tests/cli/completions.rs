//! `afield completions`.

use crate::support::Afield;

#[test]
fn every_shell_gets_its_script() {
    let afield = Afield::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = afield.run(&["completions", shell]);
        assert!(
            run.code == 0 && run.stdout.contains("afield"),
            "{shell}: {run}"
        );
    }
    let run = afield.run(&["completions", "fsh"]);
    assert!(run.code == 2 && run.stderr.contains("fish"), "{run}");
}
