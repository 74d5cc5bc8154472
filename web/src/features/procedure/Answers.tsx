import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import { Fields, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { type CaseRecord, type Field, formOf, usePeople, useUnitName, useUnits } from './data'

type FormView = Schemas['ProcedureFormView']

/** A form that was filled, as it stands. */
export function Answers({ record: c, form: f }: { record: CaseRecord; form: FormView }) {
  const { t, i18n } = useTranslation()
  const text = useText()
  const form = formOf(c.definition, f.form)
  const step = c.definition?.steps?.find((s) => s.key === f.step)
  const fields = (form?.fields ?? []).filter((x) => x.key in f.answers)
  return (
    <Panel
      title={`${text(form?.title) || f.form}${step ? ` · ${text(step.title)}` : ''}`}
      extra={
        <>
          <span className="muted num">
            {f.number} {f.visits > 1 && t('procedure.record.visits', { count: f.visits })}
          </span>
          {(['pdf', 'xlsx'] as const).map((format) => (
            <a
              key={format}
              className="link"
              href={`/api/v1/cases/${c.id}/forms/${f.step}?format=${format}&lang=${i18n.language}`}
              aria-label={`${t(`procedure.${format}`)} ${text(form?.title)}`}
              download
            >
              {t(`procedure.${format}`)}
            </a>
          ))}
        </>
      }
    >
      <Fields
        items={fields.map((x) => ({
          label: text(x.title),
          wide: x.type === 'long_text' || x.type === 'list' || x.type === 'file',
          value: <Answer field={x} value={f.answers[x.key]} record={c} />,
        }))}
      />
    </Panel>
  )
}

const listOf = (v: unknown): string[] => (Array.isArray(v) ? v.map(String) : [String(v)])

function Answer({ field: f, value, record: c }: { field: Field; value: unknown; record: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  const people = usePeople()
  const units = useUnits()
  const unitName = useUnitName()
  switch (f.type) {
    case 'yes_no':
      return t(value === true ? 'form.yes' : 'form.no')
    case 'choice':
    case 'choices':
      return listOf(value)
        .map((v) => text(f.options?.find((o) => o.key === v)?.title) || v)
        .join(t('kit.list_comma'))
    case 'person':
      return listOf(value)
        .map((v) => people.data?.items.find((p) => p.id === v)?.name ?? v)
        .join(t('kit.list_comma'))
    case 'department':
      return listOf(value)
        .map((v) => {
          const u = units.data?.items.find((x) => x.id === v)
          return u ? unitName(u) : v
        })
        .join(t('kit.list_comma'))
    case 'customer':
      return (
        <CustomerLink id={String(value)}>
          {(c.customer?.id === value && c.customer?.name) || String(value)}
        </CustomerLink>
      )
    case 'file':
      return listOf(value).map((v) => {
        const file = c.files.find((x) => x.id === v)
        return (
          <a key={v} className="link" href={`/api/v1/files/${v}`} target="_blank" rel="noreferrer">
            {file?.name ?? v}{' '}
          </a>
        )
      })
    case 'list':
      return <Rows field={f} rows={Array.isArray(value) ? (value as Record<string, unknown>[]) : []} record={c} />
    case 'money':
    case 'number':
      return <span className="num">{`${String(value)} ${f.unit ?? ''}`}</span>
    default:
      return <span className="pre">{String(value)}</span>
  }
}

function Rows({ field: f, rows, record }: { field: Field; rows: Record<string, unknown>[]; record: CaseRecord }) {
  const text = useText()
  return (
    <PlainTable<{ row: Record<string, unknown>; key: string }>
      caption={text(f.title)}
      rows={rows.map((row, i) => ({ row, key: String(i) }))}
      rowKey={(r) => r.key}
      columns={(f.fields ?? []).map((x) => ({
        key: x.key,
        title: text(x.title),
        render: ({ row }) => (x.key in row ? <Answer field={x} value={row[x.key]} record={record} /> : '—'),
      }))}
    />
  )
}
