import { useTranslation } from 'react-i18next'
import { sentence } from '@/api/error'
import { useFormat } from '@/kit/format'
import { Panel } from '@/kit/Page'
import { type Counts, type Field, useFieldLabel } from './data'

/** The sorts of problems with how many lines have them, and one of them as an example. */
export function Problems({ counts, fields }: { counts: Counts; fields: Field[] | undefined }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const label = useFieldLabel(fields)
  const list = [...(counts.problems ?? [])].sort((a, b) => b.lines - a.lines)
  const warnings = counts.warnings ?? []
  if (list.length === 0 && warnings.length === 0) return null
  return (
    <Panel title={t('importer.problems')}>
      <ul className="problems">
        {list.map((p) => (
          <li key={`${p.code}:${p.field}`}>
            <span className="problem-count muted num">
              <b className="problem-lines">{num(p.lines)}</b> {t('importer.line_unit', { count: p.lines })}
            </span>
            <span className="problem-text">
              {p.field && <b>{label(p.field)}</b>} {sentence(t, p.code, p.args)}
              {p.lines > 1 && <small className="muted">{t('importer.example', { line: num(p.line) })}</small>}
            </span>
          </li>
        ))}
        {warnings.map((w) => (
          <li key={`${w.code}${JSON.stringify(w.args)}`}>
            <span className="problem-count muted">{t('importer.remark')}</span>
            <span className="problem-text">{sentence(t, w.code, w.args)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
