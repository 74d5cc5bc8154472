import { useTranslation } from 'react-i18next'
import type { Collision } from './edit'
import { useFieldName, useValues } from './values'

/** Field by field: what it was, what the other person made of it, what I wanted. `onKeep` says whose value shall stay. */
export function Conflict({ list, onKeep }: { list: Collision[]; onKeep: (field: string, mine: boolean) => void }) {
  const { t } = useTranslation()
  const name = useFieldName()
  const words = useValues(list.flatMap((c) => [c.before, c.theirs, c.mine].map((v): [string, unknown] => [c.field, v])))
  return (
    <div className="stack">
      <p>{t('record.conflict.text')}</p>
      {list.map((c) => (
        <fieldset key={c.field} className="conflict">
          <legend>{name(c.field)}</legend>
          <p className="muted">
            {t('record.conflict.before')} {words(c.field, c.before) || '—'}
          </p>
          <label>
            <input type="radio" name={c.field} defaultChecked onChange={() => onKeep(c.field, false)} />
            <span className="muted">{t('record.conflict.theirs')}</span> {words(c.field, c.theirs) || '—'}
          </label>
          <label>
            <input type="radio" name={c.field} onChange={() => onKeep(c.field, true)} />
            <span className="muted">{t('record.conflict.mine')}</span> {words(c.field, c.mine) || '—'}
          </label>
        </fieldset>
      ))}
    </div>
  )
}
