import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useEditor } from './context'
import { DropButton } from './DropButton'
import { useClauseOptions, useOptions } from './FieldInput'
import { TextInput, WordSelect } from './inputs'
import { entriesOf, labelsAt } from './parts'
import { keysAt, kindAt, lengthAt, type Path, type Value, wordAt, type Yaml } from './yaml'
import { insert, put } from './yamlEdit'

/** How a band is bounded. */
export const bounds = ['at_least', 'above', 'at_most', 'below', 'otherwise'] as const
type Bound = (typeof bounds)[number]

/** boundOf reads how a band is written: `[bound, points]`, or with its keys. */
export function boundOf(y: Yaml, path: Path): { bound: Bound; at: Path; pair: boolean } {
  if (kindAt(y, path) === 'list') return { bound: 'at_least', at: [...path, 0], pair: true }
  const bound = bounds.find((b) => keysAt(y, path).includes(b)) ?? 'at_least'
  return { bound, at: [...path, bound], pair: false }
}

/** rebound writes a band with another kind of bound, keeping its figure and what it leads to. */
export function rebound(y: Yaml, path: Path, to: Bound): string {
  const { bound, at, pair } = boundOf(y, path)
  if (bound === to) return y.source
  const figure = bound === 'otherwise' ? '0' : wordAt(y, at)
  const own = to === 'otherwise' ? 'true' : figure
  if (pair) return put(y, path, { [to]: own, points: wordAt(y, [...path, 1]) })
  const rest: Record<string, Value> = {}
  for (const k of keysAt(y, path)) if (k !== bound) rest[k] = wordAt(y, [...path, k])
  return put(y, path, { ...(rest.code === undefined ? {} : { code: rest.code }), [to]: own, ...rest })
}

/** The points of an item: by band, or by value. */
export function PointsTable({ path }: { path: Path }) {
  const { y } = useEditor()
  return (
    <div className="edit-points">
      {kindAt(y, [...path, 'bands']) === 'list' && <Bands path={[...path, 'bands']} to="points" />}
      {kindAt(y, [...path, 'values']) === 'map' && <ValuePoints path={path} />}
    </div>
  )
}

/** Bands as a table: the line, and the points or the grade it leads to. */
export function Bands({ path, to }: { path: Path; to: 'points' | 'code' }) {
  const { t } = useTranslation()
  const { y, text } = useEditor()
  const add = () =>
    text.change((now) => {
      const n = lengthAt(now, path)
      const last = n > 0 && boundOf(now, [...path, n - 1]).bound === 'otherwise' ? n - 1 : n
      const code = labelsAt(now, path.slice(0, -1))[0]?.name ?? 'A'
      return insert(now, path, last, to === 'points' ? ['0', '0'] : { code, at_least: '0' })
    })
  return (
    <div className="plain-wrap">
      <table className="plain edit-table">
        <thead>
          <tr>
            <th scope="col">{t('draft.bands.line')}</th>
            <th scope="col" className="right">
              {t('draft.bands.figure')}
            </th>
            <th scope="col">{t(to === 'points' ? 'draft.bands.points' : 'draft.bands.grade')}</th>
            {to === 'code' && <th scope="col">{t('rulebook.clause')}</th>}
            <th scope="col">
              <span className="offscreen">{t('draft.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entriesOf(y, path).map((p, i) => (
            <BandRow key={p.join('.')} path={p} n={i + 1} to={to} />
          ))}
        </tbody>
      </table>
      <Button size="small" type="text" icon={<Plus size={14} />} onClick={add}>
        {t('draft.bands.add')}
      </Button>
    </div>
  )
}

function BandRow({ path, n, to }: { path: Path; n: number; to: 'points' | 'code' }) {
  const { t } = useTranslation()
  const { y, text, set } = useEditor()
  const options = useOptions()
  const clauses = useClauseOptions()
  const b = boundOf(y, path)
  const points = b.pair ? [...path, 1] : [...path, 'points']
  return (
    <tr>
      <td>
        <WordSelect
          label={t('draft.bands.line_n', { n })}
          value={b.bound}
          options={bounds.map((x) => ({ value: x, label: t(`draft.bound.${x}`) }))}
          onChange={(v) => v && text.change((now) => rebound(now, path, v as Bound))}
        />
      </td>
      <td className="right">
        {b.bound !== 'otherwise' && (
          <TextInput
            label={t('draft.bands.figure_n', { n })}
            value={wordAt(y, b.at)}
            figure
            onChange={(v) => v && set(b.at, v)}
          />
        )}
      </td>
      <td>
        {to === 'points' ? (
          <TextInput
            label={t('draft.bands.points_n', { n })}
            value={wordAt(y, points)}
            figure
            onChange={(v) => v && set(points, v)}
          />
        ) : (
          <WordSelect
            label={t('draft.bands.grade_n', { n })}
            value={wordAt(y, [...path, 'code'])}
            options={options(labelsAt(y, path.slice(0, -2)))}
            onChange={(v) => v && set([...path, 'code'], v)}
          />
        )}
      </td>
      {to === 'code' && (
        <td>
          <WordSelect
            label={t('draft.bands.clause_n', { n })}
            value={wordAt(y, [...path, 'clause'])}
            options={clauses}
            onChange={(v) => set([...path, 'clause'], v)}
            clear
          />
        </td>
      )}
      <td className="right">
        <DropButton path={path} name={t('draft.bands.row', { n })} />
      </td>
    </tr>
  )
}

/** Points by value, and of every other value. */
function ValuePoints({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, set, text } = useEditor()
  const values = [...path, 'values']
  return (
    <div className="plain-wrap">
      <table className="plain edit-table">
        <thead>
          <tr>
            <th scope="col">{t('draft.bands.value')}</th>
            <th scope="col">{t('draft.bands.points')}</th>
            <th scope="col">
              <span className="offscreen">{t('draft.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keysAt(y, values).map((k) => (
            <tr key={k}>
              <th scope="row">{k}</th>
              <td>
                <TextInput
                  label={`${k} ${t('draft.bands.points')}`}
                  value={wordAt(y, [...values, k])}
                  figure
                  onChange={(v) => v && set([...values, k], v)}
                />
              </td>
              <td className="right">
                <DropButton path={[...values, k]} name={k} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('draft.bound.otherwise')}</th>
            <td>
              <TextInput
                label={`${t('draft.bound.otherwise')} ${t('draft.bands.points')}`}
                value={wordAt(y, [...path, 'otherwise'])}
                figure
                onChange={(v) => set([...path, 'otherwise'], v || undefined)}
              />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <AddValue onAdd={(k) => text.change((now) => put(now, [...values, k], '0'))} />
    </div>
  )
}

function AddValue({ onAdd }: { onAdd: (key: string) => void }) {
  const { t } = useTranslation()
  return (
    <WordSelect
      label={t('draft.bands.add_value')}
      placeholder={t('draft.bands.add_value')}
      value=""
      options={[]}
      free
      onChange={(v) => v && onAdd(v)}
    />
  )
}
