import { Button } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CondRows } from './CondRows'
import { useEditor } from './context'
import { DropButton } from './DropButton'
import { FieldInput, useFieldName } from './FieldInput'
import { TextInput, WordSelect } from './inputs'
import { PointsTable } from './PointsTable'
import { entriesOf } from './parts'
import { alternatives, type Field, fieldsOf, type Schema, schemaAt, shapeOf } from './schema'
import { keysAt, kindAt, type Path, startOf, type Value, wordAt } from './yaml'
import { insert, put } from './yamlEdit'
import { word } from './yamlWrite'

/** The fields that are written in a mapping, each with its input, and those that can be added. */
export function NodeForm({ path, without = [] }: { path: Path; without?: string[] }) {
  const { y, schema } = useEditor()
  const fields = fieldsOf(schema, schemaAt(schema, path)).filter((f) => !without.includes(f.key))
  const written = keysAt(y, path)
  const shown = fields.filter((f) => written.includes(f.key) || f.required)
  const rank = (f: Field) =>
    f.key === 'title' ? -1 : f.key === 'clause' || f.key === 'assumed' ? written.length : written.indexOf(f.key)
  const sorted = [...shown].sort((a, b) => rank(a) - rank(b))
  return (
    <div className="edit-fields">
      {sorted.map((f) => (
        <FieldRow key={f.key} path={path} field={f} />
      ))}
      <MoreFields path={path} fields={fields.filter((f) => !shown.includes(f))} />
    </div>
  )
}

const wide = new Set(['title', 'object', 'entries', 'list'])
const nested = new Set(['object', 'entries', 'list'])

function FieldRow({ path, field }: { path: Path; field: Field }) {
  const { t } = useTranslation()
  const { y, set } = useEditor()
  const name = useFieldName()
  const at = [...path, field.key]
  const deep = nested.has(field.shape) && kindAt(y, at) !== 'word'
  return (
    <div className={wide.has(field.shape) && (deep || field.shape === 'title') ? 'edit-field edit-wide' : 'edit-field'}>
      <span className="edit-label" title={field.description}>
        {name(field.key, path)}
        {!field.required && (
          <button
            type="button"
            className="edit-drop"
            aria-label={t('draft.remove_field', { name: name(field.key, path) })}
            onClick={() => set(at, undefined)}
          >
            <Trash2 size={12} strokeWidth={1.75} />
          </button>
        )}
      </span>
      {deep ? <Nested path={at} field={field} /> : <FieldInput path={path} field={field} />}
    </div>
  )
}

function Nested({ path, field }: { path: Path; field: Field }) {
  if (field.key === 'points' && field.shape === 'object') return <PointsTable path={path} />
  if (field.key === 'when') return <CondRows path={path} />
  if (field.shape === 'object') return <NodeForm path={path} />
  if (field.shape === 'entries') return <Entries path={path} />
  return <Items path={path} />
}

/** A mapping whose keys are free: a name and what it stands for. */
function Entries({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, schema, text } = useEditor()
  const name = useFieldName()
  const values = schemaAt(schema, path).flatMap((s) =>
    typeof s.additionalProperties === 'object' ? alternatives(schema, s.additionalProperties) : [],
  )
  const words = shapeOf(values) === 'word'
  const add = () =>
    text.change((now) => {
      let n = keysAt(now, path).length + 1
      while (keysAt(now, path).includes(`value_${n}`)) n++
      return put(now, [...path, `value_${n}`], words ? '0' : blank(schema, values))
    })
  return (
    <div className="edit-nested">
      {keysAt(y, path).map((k) => (
        <div key={k} className="edit-entry">
          <KeyInput path={[...path, k]} />
          {words ? (
            <FigureAt path={[...path, k]} label={k} />
          ) : shapeOf(values) === 'title' ? (
            <FieldInput
              path={path}
              field={{ key: k, shape: 'title', required: true, description: '', choices: [], schema: {} }}
            />
          ) : (
            <NodeForm path={[...path, k]} />
          )}
          <DropButton path={[...path, k]} name={k} />
        </div>
      ))}
      <Button size="small" type="text" icon={<Plus size={14} />} onClick={add}>
        {t('draft.add_entry', { name: name(String(path.at(-1))) })}
      </Button>
    </div>
  )
}

/** The name of an entry. Renaming it keeps what it stands for. */
function KeyInput({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, text } = useEditor()
  const key = String(path.at(-1))
  const rename = (to: string) => {
    if (to === '' || keysAt(y, path.slice(0, -1)).includes(to)) return
    text.change((now) => renameKey(now, path, to))
  }
  return <TextInput label={t('draft.entry_name')} value={key} onChange={rename} code />
}

function renameKey(y: Parameters<typeof put>[0], path: Path, to: string): string {
  const start = startOf(y, path)
  const from = String(path.at(-1))
  if (start === undefined) return y.source
  const quote = y.source[start] === '"' || y.source[start] === "'" ? 2 : 0
  return y.source.slice(0, start) + word(to, true) + y.source.slice(start + from.length + quote)
}

function FigureAt({ path, label }: { path: Path; label: string }) {
  const { y, set } = useEditor()
  return <TextInput label={label} value={wordAt(y, path)} figure onChange={(v) => set(path, v)} />
}

/** A list of mappings within a part. */
function Items({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { y, schema, text } = useEditor()
  const name = useFieldName()
  const forms = schemaAt(schema, [...path, 0])
  return (
    <div className="edit-nested">
      {entriesOf(y, path).map((p, i) => (
        <div key={p.join('.')} className="edit-entry">
          <span className="muted num">{i + 1}</span>
          <NodeForm path={p} />
          <DropButton path={p} name={String(i + 1)} />
        </div>
      ))}
      <Button
        size="small"
        type="text"
        icon={<Plus size={14} />}
        onClick={() => text.change((now) => insert(now, path, entriesOf(now, path).length, blank(schema, forms)))}
      >
        {t('draft.add_entry', { name: name(String(path.at(-1))) })}
      </Button>
    </div>
  )
}

function MoreFields({ path, fields }: { path: Path; fields: Field[] }) {
  const { t } = useTranslation()
  const { set, schema, y } = useEditor()
  const name = useFieldName()
  if (fields.length === 0 || kindAt(y, path) === undefined) return null
  return (
    <div className="edit-more">
      <WordSelect
        label={t('draft.more_fields')}
        placeholder={t('draft.more_fields')}
        value=""
        options={fields.map((f) => ({ value: f.key, label: name(f.key, path) }))}
        onChange={(key) => {
          const f = fields.find((x) => x.key === key)
          if (f) set([...path, f.key], startOfField(schema, f))
        }}
      />
    </div>
  )
}

/** What a field begins with when it is added. */
function startOfField(root: Schema, f: Field): Value {
  const forms = alternatives(root, f.schema)
  if (f.shape === 'title') return { zh: '', en: '' }
  if (f.shape === 'words') return ['']
  if (f.shape === 'yes') return 'true'
  if (f.shape === 'choice') return f.choices[0] ?? ''
  if (f.shape === 'object') return blank(root, forms)
  if (f.shape === 'list')
    return [
      blank(
        root,
        forms.flatMap((s) => alternatives(root, s.items)),
      ),
    ]
  if (f.shape === 'entries') return { value_1: '0' }
  return firstWord[f.key] ?? '0'
}

const firstWord: Record<string, string> = {
  clause: '',
  every: 'P1M',
  window: 'P12M',
  within: 'P7D',
  expires: 'P1Y',
  where: 'status == "shipped"',
  missing: 'neutral',
  by: 'owner',
  unit: '%',
  weight: '1',
}

/** blank is a mapping with what must be there. */
function blank(root: Schema, forms: Schema[]): Value {
  const out: Record<string, Value> = {}
  const fields = fieldsOf(root, forms)
  for (const f of fields.filter((x) => x.required)) out[f.key] = startOfField(root, f)
  const first = fields[0]
  if (Object.keys(out).length === 0 && first) out[first.key] = startOfField(root, first)
  return out
}
