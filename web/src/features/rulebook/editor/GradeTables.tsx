import { Button, Checkbox } from 'antd'
import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CondRows } from './CondRows'
import { useEditor } from './context'
import { DropButton } from './DropButton'
import { TitleInput, useClauseOptions, useOptions } from './FieldInput'
import { TextInput, WordSelect } from './inputs'
import { entriesOf, labelsAt } from './parts'
import { kindAt, lengthAt, type Path, wordAt } from './yaml'
import { insert, move, put } from './yamlEdit'

const tones = ['gold', 'green', 'blue', 'cyan', 'purple', 'orange', 'red', 'grey']

/** The grades of a scheme, best first. */
export function LabelsTable({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, set, text } = useEditor()
  const add = () =>
    text.change((now) => {
      const codes = labelsAt(now, path.slice(0, -1)).map((l) => l.name)
      let n = codes.length + 1
      while (codes.includes(`G${n}`)) n++
      const title = { zh: `G${n}`, en: `G${n}` }
      return insert(now, path, lengthAt(now, path), { code: `G${n}`, title, tone: 'blue' })
    })
  return (
    <div className="plain-wrap">
      <table className="plain edit-table">
        <thead>
          <tr>
            <th scope="col">{t('draft.field.code')}</th>
            <th scope="col">{t('draft.field.title')}</th>
            <th scope="col">{t('draft.field.tone')}</th>
            <th scope="col">{t('draft.labels.counts')}</th>
            <th scope="col">
              <span className="offscreen">{t('draft.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entriesOf(y, path).map((p, i, all) => (
            <tr key={p.join('.')}>
              <th scope="row">{wordAt(y, [...p, 'code'])}</th>
              <td>
                <TitleInput path={[...p, 'title']} label={t('draft.field.title')} />
              </td>
              <td>
                <WordSelect
                  label={t('draft.field.tone')}
                  value={wordAt(y, [...p, 'tone'])}
                  options={tones.map((v) => ({ value: v, label: t(`draft.choice.${v}`) }))}
                  onChange={(v) => set([...p, 'tone'], v)}
                />
              </td>
              <td>
                <Checkbox
                  aria-label={t('draft.labels.counts')}
                  checked={wordAt(y, [...p, 'graded']) !== 'false'}
                  onChange={(e) => set([...p, 'graded'], e.target.checked ? undefined : 'false')}
                />
              </td>
              <td className="right edit-acts">
                <MoveButtons path={path} i={i} count={all.length} />
                <DropButton path={p} name={wordAt(y, [...p, 'code'])} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" type="text" icon={<Plus size={14} />} onClick={add}>
        {t('draft.labels.add')}
      </Button>
    </div>
  )
}

/** Puts an entry of a list before or after its neighbour. */
export function MoveButtons({ path, i, count }: { path: Path; i: number; count: number }) {
  const { t } = useTranslation()
  const { text } = useEditor()
  const go = (to: number) => text.change((now) => move(now, path, i, to))
  return (
    <>
      <Button
        size="small"
        type="text"
        disabled={i === 0}
        aria-label={t('draft.move_up', { n: i + 1 })}
        icon={<ArrowUp size={14} />}
        onClick={() => go(i - 1)}
      />
      <Button
        size="small"
        type="text"
        disabled={i === count - 1}
        aria-label={t('draft.move_down', { n: i + 1 })}
        icon={<ArrowDown size={14} />}
        onClick={() => go(i + 1)}
      />
    </>
  )
}

/** A decision table: from the top, the row whose conditions all hold gives the grade. */
export function DecisionTable({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, text } = useEditor()
  const rows = entriesOf(y, path)
  const add = () =>
    text.change((now) => {
      const n = lengthAt(now, path)
      const last = n > 0 && kindAt(now, [...path, n - 1, 'otherwise']) ? n - 1 : n
      return insert(now, path, last, { code: labelsAt(now, path.slice(0, -1))[0]?.name ?? 'A', otherwise: 'true' })
    })
  return (
    <div className="edit-rows">
      {rows.map((p, i) => (
        <DecisionRow key={p.join('.')} path={p} i={i} count={rows.length} />
      ))}
      <Button size="small" type="text" icon={<Plus size={14} />} onClick={add}>
        {t('draft.table.add')}
      </Button>
    </div>
  )
}

function DecisionRow({ path, i, count }: { path: Path; i: number; count: number }) {
  const { t } = useTranslation()
  const { y, set, text } = useEditor()
  const options = useOptions()
  const clauses = useClauseOptions()
  const n = i + 1
  const grades = labelsAt(y, path.slice(0, -2))
  const code = wordAt(y, [...path, 'code'])
  const known = grades.some((g) => g.name === code) || code === ''
  const always = kindAt(y, [...path, 'when']) !== 'map'
  return (
    <div className="edit-row">
      <div className="edit-row-if">
        <span className="muted num">{n}</span>
        {always ? (
          <button
            type="button"
            className="text-button"
            onClick={() =>
              text.change((now) =>
                put(now, path, {
                  code: wordAt(now, [...path, 'code']),
                  when: {},
                  clause: wordAt(now, [...path, 'clause']) || undefined,
                }),
              )
            }
          >
            {t('draft.table.otherwise')}
          </button>
        ) : (
          <CondRows path={[...path, 'when']} />
        )}
      </div>
      <div className="edit-row-then">
        {known ? (
          <WordSelect
            label={t('draft.bands.grade_n', { n })}
            value={code}
            options={options(grades)}
            onChange={(v) => v && set([...path, 'code'], v)}
          />
        ) : (
          <TextInput
            label={t('draft.bands.grade_n', { n })}
            value={code}
            code
            onChange={(v) => v && set([...path, 'code'], v)}
          />
        )}
        <WordSelect
          label={t('draft.bands.clause_n', { n })}
          placeholder={t('rulebook.clause')}
          value={wordAt(y, [...path, 'clause'])}
          options={clauses}
          clear
          onChange={(v) => set([...path, 'clause'], v)}
        />
        <Checkbox
          checked={wordAt(y, [...path, 'assumed']) === 'true'}
          onChange={(e) => set([...path, 'assumed'], e.target.checked ? 'true' : undefined)}
        >
          {t('draft.field.assumed')}
        </Checkbox>
        <span className="grow" />
        <MoveButtons path={path.slice(0, -1)} i={i} count={count} />
        <DropButton path={path} name={t('draft.bands.row', { n })} />
      </div>
    </div>
  )
}
