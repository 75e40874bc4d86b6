# Two images: `app` runs the application, `static` is nginx with the static files.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.md' \) -delete

FROM dependencies AS program
COPY app app
# Windows checkouts may have CRLF, which sh does not read.
RUN sed -i 's/\r$//' app/ops/*.sh
COPY config config
COPY sql sql
COPY static static
COPY views views
# Node's compile cache, filled here: a replica starts in two thirds of the time.
ENV NODE_COMPILE_CACHE=/app/.cache
RUN node app/ops/publish.ts /public && node -e "import('/app/app/app.ts').then(() => process.exit())"
# A checkout under umask 027 or 077 has files that the user of a container may not read.
RUN chmod -R a+rX /app /public

FROM nginx:1.30 AS static
COPY --from=program /public /srv/vote/public
COPY config/nginx/headers.conf config/nginx/errors.conf config/nginx/replicas.conf config/nginx/listen.conf /etc/nginx/pieces/
COPY config/nginx/public.conf.template /etc/nginx/templates/
COPY --from=program /app/app/ops/nginx-container.sh /docker-entrypoint.d/30-vote.sh
COPY nginx.conf /etc/nginx/nginx.conf
# As above: these come from the checkout. Not COPY --chmod, which needs BuildKit.
RUN chmod -R a+rX /etc/nginx
# A Swarm gives a tmpfs the mode of the folder that it covers, and root as its owner: the user of nginx writes there.
RUN chmod 1777 /etc/nginx/conf.d
CMD ["nginx", "-p", "/srv/vote/", "-c", "/etc/nginx/nginx.conf", "-g", "daemon off;"]

FROM node:24-slim AS app
LABEL org.opencontainers.image.title="vote" \
  org.opencontainers.image.description="Polls that people host themselves" \
  org.opencontainers.image.licenses="MIT"
# Package managers are not used at run time, and cause most findings of image scanners.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn*
WORKDIR /app
COPY --from=program /app ./
# `docker compose exec app cli audit`: a command with the settings of the container.
RUN printf '#!/bin/sh\nexec node /app/app/server.ts cli --config "${CLI_CONFIG:-/app/config/production.yaml}" "$@"\n' \
  >/usr/local/bin/cli && chmod 755 /usr/local/bin/cli
# A new volume gets this owner: the embedded database lies there.
RUN mkdir data && chown 1000:1000 data
ENV NODE_COMPILE_CACHE=/app/.cache
# All else is read-only: without a folder SQLite cannot sort much, or add a long list.
ENV SQLITE_TMPDIR=/app/data
# node, as a number: Kubernetes checks runAsNonRoot by it.
USER 1000:1000
EXPOSE 9000
# Links name the published port: the address of the container is of no use outside.
ENV VOTE_SERVER_PUBLIC_PORT=9000
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9000/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# V8_FLAGS comes from config/replica.env. `exec` replaces the shell, so SIGTERM reaches Node.
CMD ["sh", "-c", "exec node $V8_FLAGS app/server.ts --config config/production.yaml --host ::"]
