# shellcheck shell=bash
# Part of `run`: a release that is fetched. There is none yet, so curl and gh are programs of the tests; what they are asked, and what the
# action makes of the answers, is what counts.

echo "--- a release that is fetched"
cd "$repository"
target=$(awk -v runner="$runner" '$1 == runner { print $2 }' "$source/release/targets")
[ -n "$target" ] || { echo "there is no release for $runner" >&2; exit 1; }
archive=changegate-1.2.3-$target.tar.gz
mkdir -p "$work/release" "$work/fetching"
tar -czf "$work/release/$archive" -C "$(dirname "$changegate")" changegate
sums() {
    (cd "$work/release" && { sha256sum "$archive" 2>/dev/null || shasum -a 256 "$archive"; })
}
cat >"$work/fetching/curl" <<CURL
#!/usr/bin/env bash
# The address is the last argument; what follows --output is the file.
while [ \$# -gt 1 ]; do
    if [ "\$1" = --output ]; then output=\$2; fi
    shift
done
echo "fetched \$1"
cp '$work/release'/"\${1##*/}" "\$output"
CURL
cat >"$work/fetching/gh" <<GH
#!/usr/bin/env bash
echo "gh \$*"
[ ! -e '$work/nobody-attests' ]
GH
chmod +x "$work/fetching/curl" "$work/fetching/gh"

# fetches STATUS: a run with that release.
fetches() {
    proposal passed
    PATH="$work/fetching:$PATH" run_action "$1" --var VERSION=v1.2.3
}

pull a-release
sums >"$work/release/SHA256SUMS"
fetches ok
said 'outcome=[pass]' "fetched https://github.com/changegate/changegate/releases/download/v1.2.3/$archive" \
    "gh attestation verify $archive --repo changegate/changegate --source-ref refs/tags/v1.2.3 --signer-workflow changegate/changegate/.github/workflows/release.yml"

pull a-release-nobody-attests
touch "$work/nobody-attests"
fetches failed
said 'outcome=[undecided]' "nobody attests that $archive"
rm "$work/nobody-attests"

pull a-release-of-other-bytes
sums | sed 's/^[0-9a-f]\{8\}/00000000/' >"$work/release/SHA256SUMS"
fetches failed
said 'outcome=[undecided]' "$archive is not what SHA256SUMS of its release says"
unsaid 'gh attestation'

pull a-release-with-two-sums
{ sums; sums; } >"$work/release/SHA256SUMS"
fetches failed
said 'outcome=[undecided]' "does not name $archive once"

pull a-release-without-its-sum
echo "no sums" >"$work/release/SHA256SUMS"
fetches failed
said 'outcome=[undecided]' "does not name $archive once"
cd "$source"
