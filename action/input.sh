# shellcheck shell=bash
# Part of the scripts: what is wrong with an input. What it says fits in a log and in JSON, whatever the value is. Runs in bash 3.2, which macOS
# has.

# refusal NAME VALUE WORD…: why a value is none of the words; nothing where it is one of them.
refusal() {
    local name=$1 value=$2 word words
    shift 2
    for word in "$@"; do
        if [ "$value" = "$word" ]; then return; fi
    done
    words=$1
    while [ $# -gt 2 ]; do
        shift
        words="$words, $1"
    done
    echo "the input $name is $(plain "$value"), and takes $words or $2, in small letters"
}

# plain VALUE: its beginning in quotes, with another sign for each that a log might obey or that has a meaning in JSON.
plain() {
    printf "'%s'" "$(printf %s "$1" | LC_ALL=C tr -c 'A-Za-z0-9 ._/-' '?' | cut -c 1-40)"
}
