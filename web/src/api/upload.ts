import i18next from 'i18next'
import { ApiError, problemOf } from './error'
import { loadSentences } from './sentences'
import { waitForSignIn } from './session'

interface Watch {
  /** Told the share that is sent, 0 to 1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/**
 * upload sends a file as the body of a POST and gives the parsed answer. It stands beside `http` because fetch neither reports how far a
 * body is nor sends it again after a sign-in without holding it in memory. Failures are thrown as ApiError; an abort as AbortError.
 */
export async function upload<T>(path: string, file: Blob, watch: Watch = {}): Promise<T> {
  const first = await post(path, file, watch)
  const last = first.status === 401 && (await waitForSignIn()) ? await post(path, file, watch) : first
  const body = parse(last.responseText)
  if (last.status < 200 || last.status > 299) {
    await loadSentences()
    throw problemOf(last.status, body)
  }
  return body as T
}

function post(path: string, file: Blob, { onProgress, signal }: Watch): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const x = new XMLHttpRequest()
    x.open('POST', path)
    x.setRequestHeader('Content-Type', 'application/octet-stream')
    x.setRequestHeader('Accept-Language', i18next.language || 'zh')
    x.upload.onprogress = (e) => e.lengthComputable && onProgress?.(e.loaded / e.total)
    x.onload = () => resolve(x)
    x.onerror = () => reject(new ApiError(0, 'network.unreachable'))
    x.onabort = () => reject(new DOMException('stopped by the person', 'AbortError'))
    signal?.addEventListener('abort', () => x.abort())
    x.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
