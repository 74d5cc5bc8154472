import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { sentence } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { ErrorState } from '@/kit/ErrorState'
import { QueryView } from '@/kit/Loading'
import { Panel, RecordLayout } from '@/kit/Page'
import { CUSTOMERS, type Field, type Import, type Preview, putImport, useFieldLabel } from './data'
import { FileOptions, ImportOptions } from './ImportOptions'
import { MappingFields } from './MappingFields'
import { mappingOf, missing } from './mapping'
import { PreviewTable } from './PreviewTable'
import { Profiles } from './Profiles'
import { useOptions } from './useOptions'

/** The second step: which column means what, and how the values are to be read. */
export function MapStep({ m, onChecked }: { m: Import; onChecked: () => void }) {
  const preview = api.useQuery('get', '/api/v1/imports/{id}/preview', { params: { path: { id: m.id } } })
  const fields = api.useQuery(
    'get',
    '/api/v1/imports/fields',
    { params: { query: { target: m.target } } },
    { staleTime: 60_000 },
  )
  return (
    <QueryView query={fields} lines={8}>
      {(f) => (
        <QueryView query={preview} lines={8}>
          {(p) => <Mapping m={m} preview={p} fields={f.items} onChecked={onChecked} />}
        </QueryView>
      )}
    </QueryView>
  )
}

interface Props {
  m: Import
  preview: Preview
  fields: Field[]
  onChecked: () => void
}

function Mapping({ m, preview, fields, onChecked }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const options = useOptions(m)
  const label = useFieldLabel(fields)
  const kinds = api.useQuery('get', '/api/v1/fact-kinds', {}, { staleTime: 300_000 })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const mapping = mappingOf(options.draft, preview)
  const needsAmount = kinds.data?.items.find((k) => k.kind === m.target)?.has_amount ?? false
  const lacking = missing(fields, mapping, needsAmount)
  const check = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      if (!(await options.settled())) return
      const { data } = await http.POST('/api/v1/imports/{id}/check', { params: { path: { id: m.id } } })
      if (data) putImport(client, data)
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/imports/{id}/rows'] })
      onChecked()
    } catch (e) {
      setFailure(e)
    } finally {
      setBusy(false)
    }
  }
  const wrong = options.failure ?? failure
  const set = (name: string, value: string) => options.save({ mapping: { ...mapping, [name]: value } })
  return (
    <div className="stack">
      <Notices preview={preview} />
      {wrong !== undefined && <ErrorState inline error={wrong} />}
      <RecordLayout
        main={
          <Panel title={t('importer.columns')} extra={<span className="muted">{t('importer.columns_hint')}</span>}>
            <MappingFields
              key={preview.header.join('\n')}
              fields={fields}
              preview={preview}
              mapping={mapping}
              keepsMore={m.target !== CUSTOMERS}
              onSet={set}
            />
          </Panel>
        }
        side={
          <>
            <Panel title={t('importer.profile.title')}>
              <Profiles m={m} current={options.draft} onChange={options.save} settled={options.settled} />
            </Panel>
            <Panel title={t('importer.how')}>
              <ImportOptions target={m.target} value={options.draft} onChange={options.save} />
            </Panel>
            <Panel title={t('importer.reading_file')}>
              <FileOptions preview={preview} value={options.draft} onChange={options.save} />
            </Panel>
          </>
        }
      />
      <Panel
        flush
        title={t('importer.preview')}
        extra={<span className="muted">{t('importer.preview_hint', { n: preview.rows.length })}</span>}
      >
        <PreviewTable preview={preview} mapping={mapping} fields={fields} headerRow={options.draft.header_row} />
      </Panel>
      <div className="step-bar">
        <span className={lacking.length > 0 ? 'step-lack' : 'muted'}>
          {lacking.length > 0
            ? t('importer.lacking', { fields: lacking.map(label).join(t('kit.list_comma')) })
            : t('importer.check_hint')}
        </span>
        <Button type="primary" disabled={lacking.length > 0} loading={busy} onClick={() => void check()}>
          {t('importer.check')}
        </Button>
      </div>
    </div>
  )
}

/** The same file before, and what the reader remarked. */
function Notices({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const before = preview.before
  if (!before && preview.warnings.length === 0) return null
  return (
    <div className="notices">
      {before && (
        <p className="notice">
          {t(before.state === 'reverted' ? 'importer.before_reverted' : 'importer.before')}{' '}
          <DateText value={before.finished_at ?? before.created_at} time />
        </p>
      )}
      {preview.warnings.map((w) => (
        <p key={`${w.code}${JSON.stringify(w.args)}`} className="notice notice-warn">
          {sentence(t, w.code, w.args)}
        </p>
      ))}
    </div>
  )
}
