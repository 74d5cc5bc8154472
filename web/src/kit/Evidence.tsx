import { Button, Input } from 'antd'
import { Paperclip, X } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from './DateInput'
import { DateText } from './DateText'
import { fileSize, UploadDrop } from './UploadDrop'

/** A file that proves something. */
export interface EvidenceFile {
  id: string
  name: string
  /** Bytes. */
  size?: number
  url: string
  image?: boolean
}

/** What shows that a duty was done: a note, its date, who, files. */
export interface EvidenceItem {
  id: string
  on: string
  by: string
  note?: string
  files: EvidenceFile[]
}

/** The evidence of a duty or a step, oldest first as given. */
export function Evidence({ items }: { items: EvidenceItem[] }) {
  const { t } = useTranslation()
  if (items.length === 0) return <p className="muted">{t('kit.evidence.none')}</p>
  return (
    <ul className="evidence">
      {items.map((e) => (
        <li key={e.id}>
          <div className="muted">
            <DateText value={e.on} /> · {e.by}
          </div>
          {e.note && <p>{e.note}</p>}
          <div className="files">
            {e.files.map((f) => (
              <a key={f.id} href={f.url} className="file" target="_blank" rel="noreferrer">
                {f.image ? <img src={f.url} alt={f.name} loading="lazy" /> : <Paperclip size={14} aria-hidden />}
                <span>{f.name}</span>
                {f.size !== undefined && <small className="muted num">{fileSize(f.size)}</small>}
              </a>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Evidence that is being given. */
export interface EvidenceDraft {
  on: string
  note: string
  files: File[]
}

const MAX_FILE = 20_000_000

/** Date, note and files of evidence; `today` bounds the date. Works in a Form.Item (`value`, `onChange`). */
export function EvidenceInput({
  value,
  onChange,
  today,
}: {
  value: EvidenceDraft
  onChange: (v: EvidenceDraft) => void
  today: string
}) {
  const { t } = useTranslation()
  const id = useId()
  const set = (patch: Partial<EvidenceDraft>) => onChange({ ...value, ...patch })
  return (
    <div className="stack">
      <div className="labelled">
        <label htmlFor={`${id}-on`}>{t('kit.evidence.on')}</label>
        <DateInput id={`${id}-on`} value={value.on} max={today} onChange={(on) => set({ on: on ?? '' })} />
      </div>
      <div className="labelled">
        <label htmlFor={`${id}-note`}>{t('kit.evidence.note')}</label>
        <Input.TextArea
          id={`${id}-note`}
          rows={4}
          maxLength={2000}
          value={value.note}
          onChange={(e) => set({ note: e.target.value })}
        />
      </div>
      <FilesInput value={value.files} onChange={(files) => set({ files })} />
    </div>
  )
}

interface FilesProps {
  value?: File[]
  onChange?: (files: File[]) => void
  /** Other kinds than pictures, PDF and office documents, with the words for them. */
  accept?: string
  maxBytes?: number
  hint?: string
}

/** Files that are being given as evidence. Works in a Form.Item. */
export function FilesInput({ value = [], onChange, accept, maxBytes, hint }: FilesProps) {
  const { t } = useTranslation()
  return (
    <>
      <UploadDrop
        multiple
        accept={accept ?? 'image/*,.pdf,.doc,.docx,.xls,.xlsx'}
        maxBytes={maxBytes ?? MAX_FILE}
        hint={hint ?? t('kit.evidence.hint')}
        onFiles={(f) => onChange?.([...value, ...f])}
      />
      {value.length > 0 && (
        <div className="files files-given">
          {value.map((f) => (
            <span key={`${f.name}-${f.size}-${f.lastModified}`} className="file">
              <Paperclip size={14} aria-hidden />
              <span>{f.name}</span>
              <small className="muted num">{fileSize(f.size)}</small>
              <Button
                type="text"
                size="small"
                aria-label={t('kit.evidence.remove', { name: f.name })}
                icon={<X size={12} />}
                onClick={() => onChange?.(value.filter((x) => x !== f))}
              />
            </span>
          ))}
        </div>
      )}
    </>
  )
}
