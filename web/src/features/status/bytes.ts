const STEP = 1024
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** bytes writes a size with three digits at most: 0 B, 12.3 MB, 1.5 GB. */
export function bytes(n: number): string {
  let at = 0
  let size = n
  while (size >= STEP && at < UNITS.length - 1) {
    size /= STEP
    at++
  }
  return `${at === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[at]}`
}
