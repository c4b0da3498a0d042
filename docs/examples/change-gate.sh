#!/bin/sh
# Asks the change gate whether an entity may be changed now.
#
#   PORTAL_URL=https://portal.example.com PORTAL_TOKEN=… change-gate.sh component:default/payments-api
#
# Prints the answer with its reasons. Ends with 0 when the gate is open, 1 when
# it is closed, and 2 when it could not be asked: not knowing is no permission.
set -eu

if [ $# -ne 1 ] || [ -z "${PORTAL_URL:-}" ] || [ -z "${PORTAL_TOKEN:-}" ]; then
  echo "usage: PORTAL_URL=… PORTAL_TOKEN=… $0 <entity ref>" >&2
  exit 2
fi

# The token comes by standard input, so that no list of processes shows it.
answer=$(
  printf 'header = "Authorization: Bearer %s"\n' "$PORTAL_TOKEN" |
    curl --config - --fail-with-body --silent --show-error --get \
      --connect-timeout 10 --max-time 30 --retry 2 \
      --data-urlencode "entityRef=$1" "${PORTAL_URL%/}/api/sop/gate"
) || {
  echo "The change gate could not be asked: ${answer:-no answer}" >&2
  exit 2
}

printf '%s\n' "$answer" | jq --raw-output '
  .sentence,
  (.reasons[] | "- \(.sentence)\(if .until then " Until \(.until)." else "" end)\(
    if .unblockers then " Can be ended by \(.unblockers | join(", "))." else "" end)"),
  (if .opensAt then "It opens \(.opensAt)." else empty end)'

if [ "$(printf '%s\n' "$answer" | jq --raw-output '.allowed == true')" = true ]; then
  exit 0
fi
exit 1
