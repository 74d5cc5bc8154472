import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { Download, FileSpreadsheet, History } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asApiError } from '@/api/error'
import { upload } from '@/api/upload'
import { CaseLink } from '@/kit/CaseLink'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { fileSize, UploadDrop } from '@/kit/UploadDrop'
import { usePermission } from '@/kit/usePermission'
import { ACCEPT, type Import, MAX_UPLOAD_BYTES, putImport, type Target, useTargets } from './data'
import { Steps } from './Steps'
import './importer.css'

/** The first step: what is to come in, and the file. */
export default function NewImportPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { target } = useSearch({ from: '/shell/imports/new' })
  const may = usePermission('import.run')
  const mayCases = usePermission('procedure.manage')
  const targets = useTargets()
  if (!may) return <NoAccess title={t('importer.new')} />
  return (
    <Page
      title={t('importer.new')}
      actions={
        <Button
          icon={<History size={16} strokeWidth={1.75} />}
          onClick={() => void navigate({ to: '/imports', search: {} })}
        >
          {t('importer.history')}
        </Button>
      }
    >
      <Steps current="upload" />
      <div className="stack">
        <Panel title={t('importer.what')}>
          <QueryView query={targets} lines={3}>
            {() => (
              <TargetChoice
                items={targets.items}
                value={target}
                onChoose={(key) => void navigate({ to: '/imports/new', search: { target: key }, replace: true })}
              />
            )}
          </QueryView>
        </Panel>
        {mayCases && (
          <p className="muted">
            {t('importer.cases_hint')} <CaseLink to="/cases/import">{t('importer.cases')}</CaseLink>
          </p>
        )}
        {target && <UploadPanel key={target} target={target} label={targets.label(target)} />}
      </div>
    </Page>
  )
}

/** What people import most; the other kinds of record are folded away. */
const MAIN = 5

function TargetChoice(p: { items: Target[]; value: string | undefined; onChoose: (key: string) => void }) {
  const { t } = useTranslation()
  const more = p.items.slice(MAIN)
  const group = (items: Target[], label: string) => (
    <fieldset className="targets" aria-label={label}>
      {items.map((k) => (
        <label key={k.key} className="target">
          <input
            type="radio"
            name="target"
            value={k.key}
            checked={p.value === k.key}
            onChange={() => p.onChoose(k.key)}
          />
          <span>
            <b>{k.label}</b>
            <span className="muted">{t(`importer.about.${k.key}`, { defaultValue: t('importer.about.other') })}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
  return (
    <>
      {group(p.items.slice(0, MAIN), t('importer.what'))}
      {more.length > 0 && (
        <details className="targets-more" open={more.some((k) => k.key === p.value)}>
          <summary>{t('importer.more_targets', { n: more.length })}</summary>
          {group(more, t('importer.more_targets', { n: more.length }))}
        </details>
      )}
    </>
  )
}

interface Sending {
  file: File
  share: number
}

function UploadPanel({ target, label }: { target: string; label: string }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const stop = useRef<AbortController>(undefined)
  const [sending, setSending] = useState<Sending>()
  const [failure, setFailure] = useState<unknown>()
  const send = async (file: File) => {
    stop.current = new AbortController()
    setFailure(undefined)
    setSending({ file, share: 0 })
    const path = `/api/v1/imports?${new URLSearchParams({ target, name: file.name })}`
    try {
      const m = await upload<Import>(path, file, {
        signal: stop.current.signal,
        onProgress: (share) => setSending({ file, share }),
      })
      putImport(client, m)
      await navigate({ to: '/imports/$id', params: { id: m.id }, search: { step: 'map' } })
    } catch (e) {
      setSending(undefined)
      if (!(e instanceof DOMException && e.name === 'AbortError')) setFailure(asApiError(e))
    }
  }
  const template = (format: string) =>
    `/api/v1/imports/template?${new URLSearchParams({ target, format, lang: locale === 'zh' ? 'zh' : 'en' })}`
  return (
    <Panel title={t('importer.file_of', { what: label })}>
      {failure !== undefined && <ErrorState inline error={failure} />}
      {sending ? (
        <Progress sending={sending} onStop={() => stop.current?.abort()} />
      ) : (
        <UploadDrop
          accept={ACCEPT}
          maxBytes={MAX_UPLOAD_BYTES}
          hint={t('importer.file_hint', { max: '512 MB' })}
          onFiles={(files) => files[0] && void send(files[0])}
        />
      )}
      <div className="template-line">
        <FileSpreadsheet size={16} strokeWidth={1.75} aria-hidden />
        <span>{t('importer.template')}</span>
        <a href={template('xlsx')} download>
          <Download size={14} aria-hidden /> XLSX
        </a>
        <a href={template('csv')} download>
          <Download size={14} aria-hidden /> CSV
        </a>
      </div>
    </Panel>
  )
}

function Progress({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const { t } = useTranslation()
  const { percent } = useFormat()
  const { file, share } = sending
  const label = share < 1 ? t('importer.sending') : t('importer.reading')
  return (
    <div className="job" role="status">
      <div className="job-line">
        <b className="job-file">{file.name}</b>
        <span className="muted num">{fileSize(file.size)}</span>
        <span className="grow" />
        <span className="muted num">
          {label} {share < 1 && percent(share, 0)}
        </span>
        {share < 1 && (
          <Button size="small" type="text" onClick={onStop}>
            {t('kit.job.cancel')}
          </Button>
        )}
      </div>
      <progress className="job-bar" max={1} value={share < 1 ? share : undefined} aria-label={label} />
    </div>
  )
}
