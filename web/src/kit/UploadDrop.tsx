import { Upload as UploadIcon } from 'lucide-react'
import { type DragEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** As in the `accept` attribute: `.csv,.xlsx` or `image/*`. */
  accept?: string
  multiple?: boolean
  maxBytes?: number
  hint?: string
  disabled?: boolean
  /** Called with the files that are of the right kind and size. */
  onFiles: (files: File[]) => void
}

/** A place to drop or choose files; wrong kinds and sizes are refused by name before anything is sent. */
export function UploadDrop({ accept, multiple, maxBytes, hint, disabled, onFiles }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string>()
  const take = (list: FileList | null) => {
    const files = Array.from(list ?? []).slice(0, multiple ? undefined : 1)
    const wrong = files.find((f) => !accepted(f, accept))
    const large = files.find((f) => maxBytes !== undefined && f.size > maxBytes)
    if (wrong) setRefused(t('kit.upload.wrong_kind', { name: wrong.name, accept }))
    else if (large) setRefused(t('kit.upload.too_large', { name: large.name, max: fileSize(maxBytes ?? 0) }))
    else setRefused(undefined)
    const good = files.filter((f) => accepted(f, accept) && (maxBytes === undefined || f.size <= maxBytes))
    if (good.length > 0) onFiles(good)
    if (input.current) input.current.value = ''
  }
  const drop = (e: DragEvent) => {
    e.preventDefault()
    setOver(false)
    if (!disabled) take(e.dataTransfer.files)
  }
  return (
    <div className="drop-wrap">
      <label
        htmlFor={id}
        className={over ? 'drop drop-over' : 'drop'}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <UploadIcon size={20} strokeWidth={1.5} aria-hidden />
        <b>{t('kit.upload.do')}</b>
        {hint && <span className="muted">{hint}</span>}
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          multiple={multiple}
          disabled={disabled}
          onChange={(e) => take(e.target.files)}
        />
      </label>
      {refused && (
        <p className="refused" role="alert">
          {refused}
        </p>
      )}
    </div>
  )
}

/** accepted tells whether a file fits an `accept` list; an empty list takes all. */
export function accepted(f: { name: string; type: string }, accept: string | undefined): boolean {
  if (!accept) return true
  return accept.split(',').some((part) => {
    const a = part.trim().toLowerCase()
    if (a.startsWith('.')) return f.name.toLowerCase().endsWith(a)
    return a.endsWith('/*') ? f.type.startsWith(a.slice(0, -1)) : f.type === a
  })
}

const UNITS = ['B', 'kB', 'MB', 'GB']

/** fileSize writes bytes for people, in steps of 1000. */
export function fileSize(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${value >= 100 || step === 0 ? Math.round(value) : Number(value.toFixed(1))} ${UNITS[step]}`
}
