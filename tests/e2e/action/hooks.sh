# shellcheck shell=bash
# Part of `run`: the hooks, by the real pre-commit in a fresh repository. The cargo that it builds with is one that gives it the debug build.

echo "--- the hooks of pre-commit"
mkdir -p "$work/cargo"
cat >"$work/cargo/cargo" <<CARGO
#!/usr/bin/env bash
# cargo install --bins --root FOLDER --path .
[ "\$1" = install ] && [ "\$3" = --root ] || { echo "not expected: \$*" >&2; exit 1; }
mkdir -p "\$4/bin" && cp '$changegate' "\$4/bin/changegate"
CARGO
chmod +x "$work/cargo/cargo"
precommit=("$tools/venv/bin/pre-commit")

# The source that pre-commit clones: as it stands, committed or not.
mkdir "$work/source"
cp "$source/.pre-commit-hooks.yaml" "$source/Cargo.toml" "$work/source/"
git -C "$work/source" init --quiet
git -C "$work/source" add --all
git -C "$work/source" commit --quiet --message "the hooks"

mkdir -p "$work/fresh"
cd "$work/fresh"
git init --quiet
mkdir -p changes systems examples tools policies
cp "$source/examples/systems/wiki.json" systems/
cp "$source/examples/routine-patch.json" examples/
cp "$here/proposal.py" tools/
cp "$source/examples/policies/house/ticket.rhai" policies/
cat >policies/ticket.cases.json <<'JSON'
{ "cases": [
  { "name": "one of ours", "base": "examples/routine-patch.json", "set": { "/ticket": "OPS-1" }, "expect": [] },
  { "name": "of nobody yet", "base": "examples/routine-patch.json", "set": { "/ticket": "OPS-1", "/approvals": [] }, "expect": [] },
  { "name": "none", "base": "examples/routine-patch.json", "expect": [] }
] }
JSON
printf '[policies]\npaths = ["policies"]\nbuiltin = false\n' >changegate.toml
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/source
    rev: $(git -C "$work/source" rev-parse HEAD)
    hooks:
      - id: changegate-valid
      - id: changegate-profiles
      - id: changegate-rules
      - id: changegate-lint
      - id: changegate-test
      - id: changegate
YAML
export PATH="$work/cargo:$PATH" PRE_COMMIT_HOME="$work/pre-commit"
"${precommit[@]}" validate-manifest "$source/.pre-commit-hooks.yaml"
"${precommit[@]}" install >"$work/said"
"$changegate" test --update >"$work/said"
python3 tools/proposal.py changes/a.json passed
git add --all

# commits STATUS TEXT…: whether the commit is made, and what is said.
commits() {
    local expected=$1 status=0
    shift
    git commit --message x >"$work/said" 2>&1 || status=1
    name="commit"
    [ "$status" = "$expected" ] || { cat "$work/said" >&2; echo "the commit has ended with $status" >&2; exit 1; }
    for text in "$@"; do
        grep -qF -e "$text" "$work/said" || { cat "$work/said" >&2; echo "$name: not said: $text" >&2; exit 1; }
    done
}

commits 0 'changegate, proposals are valid' 'Passed'

# What is staged counts, and not what stands in the folder.
echo '{ "changegate": 1, "changegate": 1 }' >changes/b.json
git add changes/b.json
python3 tools/proposal.py changes/b.json passed
commits 1 'proposal/duplicate-key' 'changes/b.json' 'Failed'
git add changes/b.json
echo '{' >changes/b.json
commits 0 'Passed'
git checkout --quiet changes/b.json

echo '{ "system": 1 }' >systems/wiki.json
git add --all
commits 1 'changegate, system profiles are valid' 'Failed'
git checkout --quiet HEAD -- systems
echo 'fn check(p) {' >policies/broken.rhai
git add --all
commits 1 'changegate, configuration and rules can be used' 'policy/'
git rm --quiet --force policies/broken.rhai
sed -i 's/no ticket is named/a ticket is missing/' policies/ticket.rhai
git add --all
commits 1 'changegate, rules do what their cases say' 'failed[cases/differs]'
"$changegate" test --update >"$work/said"
git add --all
commits 0 'Passed'

# The gate itself, at the time that it is asked for.
python3 tools/proposal.py changes/c.json blocked
git add --all
commits 0
status=0
"${precommit[@]}" run --hook-stage manual changegate --all-files >"$work/said" 2>&1 || status=$?
[ "$status" = 1 ] && grep -qF 'deny[ticket]' "$work/said" || { cat "$work/said" >&2; exit 1; }

# No hook holds up a push: nobody can have approved before there is a pull request.
git init --quiet --bare "$work/elsewhere.git"
"${precommit[@]}" install --hook-type pre-push >"$work/said"
git push --quiet "$work/elsewhere.git" HEAD >"$work/said" 2>&1 || { cat "$work/said" >&2; echo "the push is refused" >&2; exit 1; }
"${precommit[@]}" uninstall --hook-type pre-push >/dev/null

# The hook of git itself, as docs/hooks.md has it.
"${precommit[@]}" uninstall >/dev/null
sed -n '/^```sh hook$/,/^```$/p' "$source/docs/hooks.md" | sed '1d;$d' >.git/hooks/pre-commit
[ -s .git/hooks/pre-commit ] || { echo "docs/hooks.md holds no hook" >&2; exit 1; }
"$tools/venv/bin/shellcheck" .git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
ln -sf "$changegate" "$work/cargo/changegate"
echo '{ "changegate": 1, "changegate": 1 }' >changes/d.json
git add changes/d.json
python3 tools/proposal.py changes/d.json passed
commits 1 'proposal/duplicate-key'
git add changes/d.json
echo '{' >changes/d.json
commits 0
git checkout --quiet -- changes
# Names that git puts into quotes.
for file in 'changes/Überwachung.json' 'changes/q"uote.json' 'changes/with blank.json'; do
    python3 tools/proposal.py "$file" passed
    git add "$file"
    commits 0
    echo '{ "changegate": 1, "changegate": 1 }' >"$file"
    git add "$file"
    commits 1 'proposal/duplicate-key'
    git checkout --quiet HEAD -- "$file"
done

# lefthook, as docs/hooks.md has it.
sed -n '/^## lefthook$/,/^## git/p' "$source/docs/hooks.md" | sed '1,/^```yaml$/d; /^```$/,$d' >lefthook.yml
[ -s lefthook.yml ] || { echo "docs/hooks.md holds nothing for lefthook" >&2; exit 1; }
mkdir changes/team
for file in changes/e.json changes/team/f.json; do
    python3 tools/proposal.py "$file" passed
    git add "$file"
    PATH="$work/cargo:$PATH" "$tools/venv/bin/lefthook" run pre-commit >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
    echo '{ "changegate": 1, "changegate": 1 }' >"$file"
    git add "$file"
    if PATH="$work/cargo:$PATH" "$tools/venv/bin/lefthook" run pre-commit >"$work/said" 2>&1; then
        cat "$work/said" >&2
        echo "lefthook passes over $file" >&2
        exit 1
    fi
    grep -qF 'proposal/duplicate-key' "$work/said" || { cat "$work/said" >&2; exit 1; }
    python3 tools/proposal.py "$file" passed
    git add "$file"
done
echo "ran: hooks"
cd "$source"
