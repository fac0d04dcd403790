#!/bin/sh
# Any scheduler, cron included: checks, publishes, says which gates are ready. Where the files hold errors the published site is left as it
# was; else it is replaced when the new one is whole. So a failure leaves the last good one standing.
#
#     publish.sh PORTFOLIO SITE [PROJECT/GATE ...]
set -eu
portfolio=$1
site=$2
shift 2

status=0
milepost check "$portfolio" > "$site.check.txt" 2>&1 || status=$?
if [ "$status" -ne 0 ]; then
  cat "$site.check.txt" >&2
  echo "$site is left as it was: mend the errors first" >&2
else
  milepost build "$portfolio" --out "$site" || status=$?
fi
rm -f "$site.check.txt"
if [ "$status" -gt 1 ]; then
  echo "the site could not be built; $site is left as it was" >&2
  exit "$status"
fi

for gate in "$@"; do
  ready=0
  milepost gate check "$gate" "$portfolio" > "$site.gate.txt" 2>&1 || ready=$?
  case $ready in
    0) echo "$gate: ready" ;;
    1) echo "$gate: not ready"; [ "$status" -eq 2 ] || status=1 ;;
    *) echo "$gate: could not be checked" >&2; cat "$site.gate.txt" >&2; status=2 ;;
  esac
  rm -f "$site.gate.txt"
done
exit "$status"
