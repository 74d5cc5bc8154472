// Writes name.gz and name.br beside every text file of dist, for the server to send as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const texts = /\.(?:js|css|svg|json|webmanifest|txt)$/
const SMALLEST = 1024

/** keepMarker puts dist/.gitkeep back: Go embeds the folder before the first build too. */
export function keepMarker() {
  return {
    name: 'kezhi-keep-marker',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '.gitkeep', source: '' })
    },
  }
}

/** compress writes both neighbours of every text file below dir and returns how many files it took. */
export function compress(dir) {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && texts.test(e.name) && !e.parentPath.includes('.vite'))
    .map((e) => join(e.parentPath, e.name))
  let done = 0
  for (const file of files) {
    const data = readFileSync(file)
    if (data.length < SMALLEST) continue
    writeFileSync(`${file}.gz`, gzipSync(data, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
    done++
  }
  return done
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`precompressed ${compress(join(process.cwd(), 'dist'))} files\n`)
}
