#!/bin/sh
# Writes the parts of nginx's configuration that depend on the container's network. The image runs it before nginx starts.
set -eu
folder=${NGINX_CONF_D:-/etc/nginx/conf.d}
# nginx compares the Host header, in which browsers send an international name in ASCII.
if printf %s "${VOTE_PUBLIC_URL:-}" | LC_ALL=C grep -q '[^ -~]'; then
  echo "✖ VOTE_PUBLIC_URL: write the host in ASCII, for example https://xn--mnchen-3ya.example: a browser shows it after you have opened the address" >&2
  exit 1
fi
# Listens on IPv6 too, where the kernel has it.
if [ -f /proc/net/if_inet6 ]; then echo 'listen [::]:8008 ipv6only=on;' >"$folder/ipv6.conf"; fi
# Asks the name servers of the container for the replicas: each engine has its own. nginx wants brackets around IPv6.
awk '$1 == "nameserver" { sub(/%.*/, "", $2); list = list " " ($2 ~ /:/ ? "[" $2 "]" : $2) }
  END {
    if (list == "") { print "✖ /etc/resolv.conf names no name server" >"/dev/stderr"; exit 1 }
    print "resolver" list " valid=1s;"
  }' "${RESOLV_CONF:-/etc/resolv.conf}" >"$folder/resolver.conf"
