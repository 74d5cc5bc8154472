import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const kezhi = fileURLToPath(new URL('../../bin/kezhi', import.meta.url))

interface Served {
  url: string
  setup: string
  process: ChildProcess
}

/** Starts a server on a free port and waits until it says that it is ready. */
function serve(args: string[]): Promise<Served> {
  const child = spawn(kezhi, [...args, '--lang', 'en'], { stdio: ['ignore', 'ignore', 'pipe'] })
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`the server did not start:\n${text}`)), 240_000)
    const early = (code: number | null) => reject(new Error(`the server ended with ${code}:\n${text}`))
    child.on('exit', early)
    const read = (chunk: Buffer) => {
      text += chunk
      const ready = /Kezhi is ready: (\S+)/.exec(text)
      const setup = /one-time link[^\n]*?(https?:\S+)/.exec(text)
      if (ready && (setup || text.includes('Demo logins'))) {
        clearTimeout(timer)
        child.off('exit', early)
        // From here on the log is only drained, so that a full pipe never holds up the server.
        child.stderr.off('data', read).resume()
        resolve({ url: ready[1] ?? '', setup: setup?.[1] ?? '', process: child })
      }
    }
    child.stderr.on('data', read)
  })
}

export default async function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), 'kezhi-e2e-'))
  const demoData = process.env.KEZHI_E2E_DEMO ?? join(folder, 'demo')
  execFileSync(kezhi, ['demo', '--load-only', '--data', demoData], { stdio: 'ignore' })
  const demo = await serve(['demo', '--data', demoData, '--listen', '127.0.0.1:0'])
  const empty = await serve(['serve', '--data', join(folder, 'empty'), '--listen', '127.0.0.1:0'])
  process.env.DEMO_URL = demo.url
  process.env.EMPTY_URL = empty.url
  process.env.SETUP_URL = empty.setup
  return async () => {
    for (const server of [demo, empty]) {
      const over = new Promise((done) => server.process.once('exit', done))
      server.process.kill('SIGTERM')
      await over
    }
    rmSync(folder, { recursive: true, force: true })
  }
}
