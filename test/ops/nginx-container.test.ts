/** What nginx of the containers takes from the network of its container. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

/** Runs the script with this resolv.conf. Returns the folder of what it wrote. */
function configure(t: TestContext, resolvConf: string, more: Record<string, string> = {}) {
  const folder = scratch(t)
  const file = join(folder, 'resolv.conf')
  writeFileSync(file, resolvConf)
  const env = { PATH: process.env.PATH, NGINX_CONF_D: folder, RESOLV_CONF: file, ...more }
  const script = join(root, 'app/ops/nginx-container.sh')
  return { folder, ...spawnSync('sh', [script], { env, encoding: 'utf8' }) }
}

describe('ops/nginx-container', () => {
  const resolvers: Record<string, [resolvConf: string, resolver: string]> = {
    Docker: ['nameserver 127.0.0.11\noptions ndots:0\n', '127.0.0.11'],
    podman: ['search dns.podman\nnameserver 10.89.0.1\nnameserver 192.168.1.1\n', '10.89.0.1 192.168.1.1'],
    Kubernetes: ['search a.svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n', '10.96.0.10'],
    'IPv6 with a zone': ['# comment\nnameserver fe80::1%eth0\nnameserver fd00::1\n', '[fe80::1] [fd00::1]'],
    'no line end': ['\tnameserver\t10.0.0.2', '10.0.0.2']
  }
  for (const [name, [resolvConf, resolver]] of Object.entries(resolvers))
    test(`nginx asks the name servers of the container: ${name}`, t => {
      const { status, folder } = configure(t, resolvConf)
      assert.equal(status, 0)
      const written = readFileSync(join(folder, 'resolver.conf'), 'utf8')
      assert.equal(written, `resolver ${resolver} valid=1s;\n`)
      const conf = `pid ${folder}/pid; error_log stderr; events {} http { include ${folder}/resolver.conf; }`
      writeFileSync(join(folder, 'nginx.conf'), conf)
      const { stderr } = spawnSync('nginx', ['-t', '-p', folder, '-c', join(folder, 'nginx.conf')], {
        encoding: 'utf8'
      })
      assert.match(stderr, /syntax is ok/)
    })

  test('without a name server it says so', t => {
    const { status, stderr } = configure(t, '')
    assert.deepEqual([status, stderr], [1, '✖ /etc/resolv.conf names no name server\n'])
  })

  test('an international host must be written as browsers send it', t => {
    const start = (VOTE_PUBLIC_URL: string) => configure(t, 'nameserver 127.0.0.11\n', { VOTE_PUBLIC_URL })
    const { status, stderr } = start('https://münchen.example')
    assert.equal(status, 1)
    assert.match(stderr, /^✖ VOTE_PUBLIC_URL: write the host in ASCII, [^\n]+\n$/)
    for (const url of ['', 'https://xn--mnchen-3ya.example', 'http://polls.lan:8080/a/b-c.d_e~/'])
      assert.equal(start(url).status, 0, url)
  })

  test('nginx listens on IPv6 where the kernel has it', t => {
    const { folder } = configure(t, 'nameserver 127.0.0.11\n')
    assert.equal(existsSync(join(folder, 'ipv6.conf')), existsSync('/proc/net/if_inet6'))
  })
})
