import type { Schemas } from '@/api/client'

/** The light modules around a code that readers need. */
const QUIET = 4

/** A QR code that the server worked out; dark on light in both themes, as cameras want it. */
export function QRCode({ code, label }: { code: Schemas['SeminarCodeView']; label: string }) {
  const size = code.size + 2 * QUIET
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`${-QUIET} ${-QUIET} ${size} ${size}`}>
      <rect className="qr-ground" x={-QUIET} y={-QUIET} width={size} height={size} />
      <path d={code.path} />
    </svg>
  )
}
