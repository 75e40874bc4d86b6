#!/bin/sh
# Lets nginx of the containers listen on IPv6 too, where the kernel has it. The image runs it before nginx starts.
set -e
[ -f /proc/net/if_inet6 ] || exit 0
echo 'listen [::]:8008 ipv6only=on;' >"${LISTEN_IPV6_FILE:-/etc/nginx/conf.d/ipv6.conf}"
